using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Packets;

namespace OmniIoT.Gateway.Handlers;

/// <summary>Answers PINGREQ: MQTT5 [MQTT-3.12.4-1], MQTT311 [MQTT-3.12.4-1].</summary>
internal static class PingHandler
{
    public static void Handle(Connection connection, ReadOnlySpan<byte> body)
    {
        PingPacket.Decode(body);
        using ConnectionOutput.Appender appender = connection.Output.Append();
        PingPacket.EncodeResponse(appender.Bytes);
    }
}
