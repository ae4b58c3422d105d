using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Handlers;

/// <summary>The client has a QoS 1 message. One that is not in flight is ignored: it is a repetition.</summary>
internal static class PubAckHandler
{
    public static void Handle(Connection connection, ReadOnlySpan<byte> body)
    {
        AckView ack = AckView.Decode(connection.Version, PacketType.PubAck, body);
        connection.Session.TryComplete(ack.PacketIdentifier, PacketType.PubAck, connection.Work); // MQTT5 [MQTT-3.3.4-1]
    }
}
