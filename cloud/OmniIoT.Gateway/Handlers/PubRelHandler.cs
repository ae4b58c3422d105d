using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Handlers;

/// <summary>The client forgets a QoS 2 message that we have: its packet identifier is free once that is durable.</summary>
internal static class PubRelHandler
{
    public static void Handle(Connection connection, ReadOnlySpan<byte> body)
    {
        AckView ack = AckView.Decode(connection.Version, PacketType.PubRel, body);
        bool known = connection.Session.TryForget(ack.PacketIdentifier);
        if (known && connection.Session.IsPersistent)
            connection.Batch.Effects.Add(new ForgetReceived(connection.Session.Key, ack.PacketIdentifier));
        connection.Batch.AddAck(
            PacketType.PubComp,
            ack.PacketIdentifier,
            -1,
            known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound
        ); // MQTT5 [MQTT-4.3.3-11], MQTT311 [MQTT-4.3.3-2]
    }
}
