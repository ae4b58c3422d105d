using System.Text;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.Routing;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>
/// Says that the host is there: to whoever subscribes, as a retained message, and to all who did when that changes. The messages are
/// in no scope's retained ones: they are the same for all, and true for this run of the process only.
/// </summary>
internal sealed class HostStatePublisher(HostState state)
{
    private const byte Qos = (byte)QualityOfService.AtLeastOnce; // Sparkplug 3.0, section 6.4.27

    private Instant _onlineSince;

    /// <summary>Answers a subscription.</summary>
    public void Tell(GatewayCore gateway, SessionSubscription subscription)
    {
        if (gateway.IsStopping)
            return;
        DeliveryTerms terms = new(
            Math.Min(Qos, (byte)subscription.Wanted.MaximumQos),
            Retain: true,
            subscription.Identifier == 0 ? [] : [subscription.Identifier]
        );
        foreach ((byte[] topic, byte[] payload) in Messages(isOnline: true, _onlineSince))
            if (subscription.Filter.Matches(topic))
                subscription.Session.Deliver(topic, payload, MessageExtras.None, terms);
    }

    /// <summary>Tells every session that subscribed, also one that is away and persistent.</summary>
    public async ValueTask PublishAsync(GatewayCore gateway, bool isOnline)
    {
        Instant now = gateway.Now;
        if (isOnline)
            _onlineSince = now;
        foreach (PrincipalScope scope in gateway.Scopes.All().Where(scope => !scope.IsLaboratory))
        {
            PublishBatch batch = gateway.Submitter.Pool.Rent();
            batch.Open(scope, null, now);
            foreach ((byte[] topic, byte[] payload) in Messages(isOnline, now))
            {
                IncomingMessage message = new()
                {
                    Topic = topic,
                    Payload = payload,
                    Qos = Qos,
                    Retain = false,
                    Properties = default,
                    Extras = MessageExtras.None,
                };
                gateway.Router.Add(batch, scope, null, null, message, 0);
            }
            await gateway.Submitter.CommitAsync(batch, gateway.Stopping.Token);
        }
    }

    private IEnumerable<(byte[] Topic, byte[] Payload)> Messages(bool isOnline, Instant at) =>
        [
            (Encoding.UTF8.GetBytes(state.Topic), HostState.Payload(isOnline, at)),
            (Encoding.UTF8.GetBytes(state.OldTopic), HostState.OldPayload(isOnline)),
        ];
}
