using System.Text;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;

namespace OmniIoT.Gateway.Sessions;

/// <summary>Publishes a will the way its client's own messages go.</summary>
internal static class WillPublisher
{
    /// <summary>A will that fails is logged: whoever else waits for the end of its connection must not suffer from it.</summary>
    /// <param name="with">What becomes durable with it; null nothing.</param>
    public static async ValueTask PublishAsync(GatewayCore gateway, Session session, WillMessage will, Effect? with)
    {
        try
        {
            await PublishInItsWordsAsync(gateway, session, will, with);
        }
        catch (Exception error) when (!gateway.Stopping.IsCancellationRequested)
        {
            Log.WillFailed(gateway.Logger, session.Key, error);
        }
    }

    private static async ValueTask PublishInItsWordsAsync(GatewayCore gateway, Session session, WillMessage will, Effect? with)
    {
        if (DialectOf(gateway, session, Encoding.UTF8.GetBytes(will.Topic)) is not { } dialect)
        {
            await PublishAsItIsAsync(gateway, session, will, with);
            return;
        }
        await dialect.PublishWillAsync(session, will);
        if (with is not null)
            await gateway.Commits.CommitAsync([with], gateway.Stopping.Token);
    }

    /// <summary>Publishes a will to its own topic, whatever its client speaks.</summary>
    public static async ValueTask PublishAsItIsAsync(GatewayCore gateway, Session session, WillMessage will, Effect? with)
    {
        PublishBatch batch = gateway.Submitter.Pool.Rent();
        batch.Open(session.Scope, null, gateway.Now);
        IncomingMessage message = new()
        {
            Topic = Encoding.UTF8.GetBytes(will.Topic),
            Payload = will.Payload.Span,
            Qos = (byte)will.Qos,
            Retain = will.Retain,
            Properties = new PropertySection(will.EncodedProperties.Span),
        };
        gateway.Router.Add(batch, session.Scope, session, null, message, 0);
        if (with is not null)
            batch.Effects.Add(with);
        await gateway.Submitter.SubmitAsync(batch, mustFollow: false, gateway.Stopping.Token);
    }

    // A session that storage kept does not say what its client spoke: its will was taken because somebody here understands it.
    private static IDialect? DialectOf(GatewayCore gateway, Session session, byte[] topic)
    {
        if (session.Scope.IsLaboratory)
            return null;
        IDialect? spoken = session.Dialects.Of(session.Scope, topic);
        return spoken
            ?? (
                session.Dialects == DialectSet.None
                    ? gateway.Dialects.FirstOrDefault(candidate => candidate.Speaks(session.Scope, topic))
                    : null
            );
    }
}
