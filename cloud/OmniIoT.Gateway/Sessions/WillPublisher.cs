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
        if (session.Dialect is { } dialect && dialect.Speaks(Encoding.UTF8.GetBytes(will.Topic))) await dialect.PublishWillAsync(session, will);
        else await PublishAsItIsAsync(gateway, session, will);
    }

    /// <summary>Publishes a will to its own topic, whatever its client speaks.</summary>
    public static async ValueTask PublishAsItIsAsync(GatewayCore gateway, Session session, WillMessage will)
    {
        PublishBatch batch = gateway.Submitter.Pool.Rent();
        batch.Open(session.Scope, null, gateway.Now);
        IncomingMessage message = new()
        {
            Topic = Encoding.UTF8.GetBytes(will.Topic),
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
