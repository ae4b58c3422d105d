using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Handlers;

/// <summary>The client has a QoS 2 message, or refuses it.</summary>
internal static class PubRecHandler
{
    public static void Handle(Connection connection, ReadOnlySpan<byte> body)
    {
        AckView ack = AckView.Decode(connection.Version, PacketType.PubRec, body);
        if (ack.ReasonCode.IsFailure())
        {
            connection.Session.TryComplete(ack.PacketIdentifier, PacketType.PubRec, connection.Work); // MQTT5 [MQTT-4.4.0-2]
            return;
        }
        if (connection.Session.TryRelease(ack.PacketIdentifier, connection.Work))
            return;
        // MQTT5 [MQTT-4.3.3-4]
        connection.WriteAcknowledgement(PacketType.PubRel, ack.PacketIdentifier, ReasonCode.PacketIdentifierNotFound);
    }
}
