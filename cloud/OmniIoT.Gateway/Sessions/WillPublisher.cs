using System.Text;
using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Mqtt.Packets;

namespace OmniIoT.Gateway.Sessions;

/// <summary>Publishes a will the way its client's own messages go.</summary>
internal sealed class WillPublisher(
    DialectRegistry dialects,
    OwnWords words,
    SessionCommits commits,
    GatewayLifecycle lifecycle,
    ILogger<WillPublisher> logger
)
{
    /// <summary>A will that fails is logged: whoever else waits for the end of its connection must not suffer from it.</summary>
    /// <param name="with">What becomes durable with it; null nothing.</param>
    public async ValueTask PublishAsync(Session session, WillMessage will, Effect? with)
    {
        try
        {
            await PublishInItsWordsAsync(session, will, with);
        }
        catch (Exception error) when (!lifecycle.Stopping.IsCancellationRequested)
        {
            Log.WillFailed(logger, session.Key, error);
        }
    }

    private async ValueTask PublishInItsWordsAsync(Session session, WillMessage will, Effect? with)
    {
        if (DialectOf(session, Encoding.UTF8.GetBytes(will.Topic)) is not { } dialect)
        {
            await words.PublishWillAsync(session, will, with);
            return;
        }
        await dialect.PublishWillAsync(session, will);
        if (with is not null)
            await commits.CommitAsync([with], lifecycle.Stopping);
    }

    // A session that storage kept does not say what its client spoke: its will was taken because somebody here understands it.
    private IDialect? DialectOf(Session session, byte[] topic)
    {
        if (session.Scope.IsLaboratory)
            return null;
        IDialect? spoken = session.Dialects.Of(session.Scope, topic);
        return spoken
            ?? (
                session.Dialects == DialectSet.None
                    ? dialects.All.FirstOrDefault(candidate => candidate.Speaks(session.Scope, topic))
                    : null
            );
    }
}
