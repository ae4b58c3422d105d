using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Handlers;

/// <summary>Who knows what a client's packets mean.</summary>
internal sealed class PacketHandlers(
    ConnectHandler connect,
    PublishHandler publish,
    SubscribeHandler subscribe,
    UnsubscribeHandler unsubscribe,
    DisconnectHandler disconnect,
    AcknowledgementWork acknowledgements
)
{
    /// <summary>Hands a packet to its handler, within the read burst.</summary>
    /// <exception cref="MqttProtocolException">The packet is wrong, or wrong here.</exception>
    public void Dispatch(Connection connection, in FixedHeader header, ReadOnlySpan<byte> body)
    {
        if (connection.Accepted is null && header.Type != PacketType.Connect)
            // MQTT5 [MQTT-3.1.0-1], MQTT311 [MQTT-3.1.0-1]
            throw new MqttProtocolException(ReasonCode.ProtocolError, "The first packet is not CONNECT.");
        switch (header.Type)
        {
            case PacketType.Publish:
                publish.Handle(connection, header.Flags, body);
                break;
            case PacketType.PubAck:
                PubAckHandler.Handle(connection, body);
                break;
            case PacketType.PubRec:
                PubRecHandler.Handle(connection, body);
                break;
            case PacketType.PubRel:
                PubRelHandler.Handle(connection, body);
                break;
            case PacketType.PubComp:
                PubCompHandler.Handle(connection, body);
                break;
            case PacketType.PingReq:
                PingHandler.Handle(connection, body);
                break;
            case PacketType.Subscribe:
                connection.HandleLater(SubscribePacket.Decode(connection.Version, body), subscribe.HandleAsync);
                break;
            case PacketType.Unsubscribe:
                connection.HandleLater(UnsubscribePacket.Decode(connection.Version, body), unsubscribe.HandleAsync);
                break;
            case PacketType.Disconnect:
                connection.HandleLater(DisconnectPacket.Decode(connection.Version, body), disconnect.HandleAsync);
                break;
            case PacketType.Connect:
                connect.Read(connection, body);
                break;
            case PacketType.Auth:
                // MQTT5 [MQTT-4.12.0-6]
                throw new MqttProtocolException(ReasonCode.ProtocolError, "AUTH without an authentication method.");
            default:
                throw new MqttProtocolException(ReasonCode.ProtocolError, $"{header.Type} from a client."); // MQTT5 section 2.1.2
        }
    }

    /// <summary>Does what the acknowledgements of a burst left to be done.</summary>
    public ValueTask FinishAcknowledgementsAsync(Connection connection) => acknowledgements.FinishAsync(connection);
}
