using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Handlers;

/// <summary>The client is done with a QoS 2 message.</summary>
internal static class PubCompHandler
{
    public static void Handle(Connection connection, ReadOnlySpan<byte> body)
    {
        AckView ack = AckView.Decode(connection.Version, PacketType.PubComp, body);
        connection.Session.TryComplete(ack.PacketIdentifier, PacketType.PubComp, connection.Work);
    }
}
