using System.Text;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.Routing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>
/// Says that the host is there: to whoever subscribes, as a retained message, and to all who did when that changes. The messages are
/// in no scope's retained ones: they are the same for all, and true for this run of the process only.
/// </summary>
internal sealed class HostStatePublisher(
    SparkplugOptions options,
    GatewayLifecycle lifecycle,
    ScopeRegistry scopes,
    BatchPool batches,
    Router router,
    BatchSubmitter submitter,
    TimeProvider time
)
{
    private const byte Qos = (byte)QualityOfService.AtLeastOnce; // Sparkplug 3.0, section 6.4.27

    private readonly HostState _state = new(options.HostId);
    private Instant _onlineSince;

    /// <summary>Answers a subscription.</summary>
    public void Tell(SessionSubscription subscription)
    {
        if (lifecycle.IsClosing)
            return;
        DeliveryTerms terms = new(Math.Min(Qos, (byte)subscription.Wanted.MaximumQos), Retain: true, subscription.Identifiers);
        foreach ((byte[] topic, byte[] payload) in Messages(isOnline: true, _onlineSince))
            if (subscription.Filter.Matches(topic))
                subscription.Session.Deliver(topic, payload, MessageExtras.None, terms);
    }

    /// <summary>Tells every session that subscribed, also one that is away and persistent.</summary>
    public async ValueTask PublishAsync(bool isOnline)
    {
        Instant now = time.Now();
        if (isOnline)
            _onlineSince = now;
        foreach (PrincipalScope scope in scopes.All().Where(scope => !scope.IsLaboratory))
        {
            PublishBatch batch = batches.Open(scope, null);
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
                router.Add(batch, scope, null, null, message, 0);
            }
            await submitter.CommitAsync(batch, lifecycle.Stopping);
        }
    }

    private IEnumerable<(byte[] Topic, byte[] Payload)> Messages(bool isOnline, Instant at) =>
        [
            (Encoding.UTF8.GetBytes(_state.Topic), HostState.Payload(isOnline, at)),
            (Encoding.UTF8.GetBytes(_state.OldTopic), HostState.OldPayload(isOnline)),
        ];
}
