using System.Text;
using OmniIoT.Domain;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;

namespace OmniIoT.Gateway.Sessions;

/// <summary>Publishes a will the way its client's own messages go.</summary>
internal static class WillPublisher
{
    /// <param name="with">What becomes durable with it; null nothing.</param>
    public static async ValueTask PublishAsync(GatewayCore gateway, Session session, WillMessage will, Effect? with)
    {
        byte[] topic = Encoding.UTF8.GetBytes(will.Topic);
        if (DialectOf(gateway, session, topic) is { } dialect)
        {
            await dialect.PublishWillAsync(session, will);
            if (with is not null) await gateway.Commits.CommitAsync([with], gateway.Stopping.Token);
            return;
        }
        PublishBatch batch = gateway.Submitter.Pool.Rent();
        batch.Open(session.Scope, null, gateway.Now);
        IncomingMessage message = new()
        {
            Topic = topic,
            Payload = will.Payload.Span,
            Qos = (byte)will.Qos,
            Retain = will.Retain,
            Properties = new PropertySection(will.EncodedProperties.Span),
        };
        gateway.Router.Add(batch, session.Scope, session, null, message, 0);
        if (with is not null) batch.Effects.Add(with);
        await gateway.Submitter.SubmitAsync(batch, mustFollow: false, gateway.Stopping.Token);
    }
    // A session that storage kept does not say what its client spoke: its will was taken because somebody here understands it.
    private static IDialect? DialectOf(GatewayCore gateway, Session session, byte[] topic)
    {
        if (session.Scope.IsLaboratory) return null;
        IDialect? dialect = session.Dialect ?? gateway.Dialects.FirstOrDefault(candidate => candidate.Speaks(topic));
        return dialect?.Speaks(topic) == true ? dialect : null;
    }
}
