using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Gateway.Sessions;

/// <summary>Makes the gateway's own effects durable.</summary>
internal sealed class SessionCommits(ICommitter committer, GatewayLifecycle lifecycle, TimeProvider time, ILogger<SessionCommits> logger)
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

    /// <summary>
    /// One try, at the end of a connection. A session that cannot be written is kept as connected: its expiry then counts from the next
    /// start.
    /// </summary>
    public async ValueTask CommitEndAsync(string key, List<Effect> effects)
    {
        try
        {
            await CommitOnceAsync(effects);
        }
        catch (Exception error) when (!lifecycle.Stopping.IsCancellationRequested || error is StorageUnavailableException)
        {
            Log.SessionNotWritten(logger, key, error.Message);
        }
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
