using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Gateway.Sessions;

/// <summary>Makes the gateway's own effects durable.</summary>
internal sealed class SessionCommits(ICommitter committer, TimeProvider time, ILogger logger)
{
    /// <summary>A full disk is seen to be free again within a second or two.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>One try.</summary>
    /// <exception cref="StorageUnavailableException">Nothing was written.</exception>
    public async ValueTask<CommitOutcome> CommitOnceAsync(List<Effect> effects)
    {
        if (effects.Count == 0)
            return CommitOutcome.Committed;
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        return await committer.CommitAsync(unit);
    }

    /// <summary>Tries until storage takes it: who waits for the acknowledgement waits as long.</summary>
    public async ValueTask CommitAsync(List<Effect> effects, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await CommitOnceAsync(effects);
                return;
            }
            catch (StorageUnavailableException error)
            {
                Log.CommitPostponed(logger, error.Message);
            }
            await Task.Delay(RetryAfter, time, cancellationToken);
        }
    }
}
