using System.Text;
using OmniIoT.Dialects.AzureIotHub;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Security;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>
/// The words of Azure IoT Hub's devices, MQTT 3.1.1: telemetry, direct methods, messages down, twins. What is said in none of them is
/// handed on as it is and ends in the dead letters.
/// </summary>
internal sealed class AzureIotHubDialect(HubSignIn signIn, TwinRequests twins, MethodsOnHold methods, OwnWords words) : IDialect
{
    /// <summary>The hub knows no QoS 2.</summary>
    public byte MaximumQos => (byte)QualityOfService.AtLeastOnce;

    /// <summary>The hub's own limit, of which a client may be silent one and a half times: 29 min 27 s.</summary>
    public TimeSpan MaximumKeepAlive { get; } = TimeSpan.FromSeconds(1177);

    public bool SaysOnce => true;

    public bool Speaks(PrincipalScope scope, ReadOnlySpan<byte> topic) => HubTopic.Parse(topic).Kind != HubTopicKind.Unknown;

    public ValueTask<SignIn?> SignInAsync(ConnectPacket packet, ConnectionTransport transport, CancellationToken cancellationToken) =>
        signIn.JudgeAsync(this, packet, transport.Certificate, cancellationToken);

    public void Opened(Connection connection, bool isPresent)
    {
        if (isPresent)
            methods.Hold(connection);
    }

    public void Publish(Connection connection, in IncomingMessage message, ushort packetIdentifier)
    {
        HubTopic topic = HubTopic.Parse(message.Topic);
        switch (topic.Kind)
        {
            case HubTopicKind.Events:
                PublishEvent(connection, message, topic, packetIdentifier);
                break;
            case HubTopicKind.MethodResult:
                PublishResult(connection, message, topic, packetIdentifier);
                break;
            case HubTopicKind.TwinGet:
                twins.Get(connection, topic, message, packetIdentifier);
                break;
            case HubTopicKind.TwinReported:
                twins.Report(connection, topic, message, packetIdentifier);
                break;
            default:
                words.SayAsItIs(connection, message, packetIdentifier);
                break;
        }
    }

    public ValueTask PublishWillAsync(Session session, WillMessage will)
    {
        HubTopic topic = HubTopic.Parse(Encoding.UTF8.GetBytes(will.Topic));
        if (topic.Kind != HubTopicKind.Events)
            return words.PublishWillAsync(session, will with { Retain = false });
        HubEvent said = HubEvent.Read(topic.Properties, new(PropertyBag.MessageType, PropertyBag.Will));
        return words.PublishWillAsync(
            session,
            will with
            {
                Topic = session.Scope.Root + HubWords.Telemetry,
                Payload = said.Complete(will.Payload.Span).ToArray(),
                Retain = false,
            }
        );
    }

    public ValueTask SubscribedAsync(Connection connection, SessionSubscription subscription)
    {
        methods.Subscribed(connection, subscription.Filter);
        return ValueTask.CompletedTask;
    }

    public IEnumerable<Utterance> Say(Downlink downlink) => HubUtterances.Of(downlink);

    public ValueTask EndedAsync(Connection connection)
    {
        methods.Ended(connection);
        return ValueTask.CompletedTask;
    }

    private void PublishEvent(Connection connection, in IncomingMessage message, in HubTopic topic, ushort packetIdentifier)
    {
        HubEvent said = HubEvent.Read(topic.Properties, message.Retain ? new(PropertyBag.Retain, "true") : null);
        if (!said.IsJson)
        {
            words.SayAsItIs(connection, message, packetIdentifier);
            return;
        }
        words.SayOwn(connection, HubWords.Telemetry, said.Complete(message.Payload), message, packetIdentifier);
    }

    private void PublishResult(Connection connection, in IncomingMessage message, in HubTopic topic, ushort packetIdentifier) =>
        words.SayOwn(
            connection,
            HubWords.CommandResponse(topic.RequestId),
            MethodResult.ToResponse(topic.Status, message.Payload).Span,
            message,
            packetIdentifier
        );
}
