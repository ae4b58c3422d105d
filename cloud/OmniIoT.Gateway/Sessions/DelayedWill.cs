using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

/// <summary>
/// A session's will. Once its connection ended it waits for its delay, or for the session's end if that comes first: MQTT5
/// [MQTT-3.1.3-9].
/// </summary>
/// <param name="DueAt">Null while the client is connected.</param>
internal sealed record DelayedWill(WillMessage Message, Instant? DueAt)
{
    public TimeSpan Delay => DelayOf(Message);

    public static TimeSpan DelayOf(WillMessage message) => TimeSpan.FromSeconds(message.Properties.WillDelayIntervalSeconds ?? 0);

    public StoredWill ToStored() =>
        new(Message.Topic, Message.Payload.ToArray(), (byte)Message.Qos, Message.Retain, Message.EncodedProperties.ToArray(), DueAt);

    public static DelayedWill FromStored(StoredWill stored) =>
        new(
            new WillMessage(stored.Topic, stored.Payload)
            {
                Qos = (QualityOfService)stored.Qos,
                Retain = stored.Retain,
                Properties = PacketProperties.Decode(new PropertySection(stored.Properties)),
                EncodedProperties = stored.Properties,
            },
            stored.DueAt
        );
}
