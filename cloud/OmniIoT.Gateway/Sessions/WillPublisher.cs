using System.Text;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Outgoing;

namespace OmniIoT.Gateway.Sessions;

/// <summary>Publishes a will the way its client's own messages go.</summary>
internal static class WillPublisher
{
    public static async ValueTask PublishAsync(GatewayCore gateway, Session session, WillMessage will)
    {
        byte[] topic = Encoding.UTF8.GetBytes(will.Topic);
        if (session.Dialect is { } dialect && dialect.Speaks(topic))
        {
            await dialect.PublishWillAsync(session, will);
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
            Properties = default,
            Extras = MessageExtras.From(will.Properties, gateway.Now),
        };
        gateway.Router.Add(batch, session.Scope, session, null, message, 0);
        await gateway.Submitter.SubmitAsync(batch, mustFollow: false, gateway.Stopping.Token);
    }
}
