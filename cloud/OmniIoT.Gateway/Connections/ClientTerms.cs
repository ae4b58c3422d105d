using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Connections;

/// <summary>What a client said at CONNECT of the packets that it is sent.</summary>
/// <param name="MaximumPacketSize">Bytes of the largest packet it takes.</param>
/// <param name="WantsReasons">Whether it wants to be told in words why something was refused; 3.1.1 has no place for them.</param>
internal readonly record struct ClientTerms(uint MaximumPacketSize, bool WantsReasons)
{
    /// <summary>Before CONNECT is understood.</summary>
    public static ClientTerms Unknown { get; } = new(uint.MaxValue, WantsReasons: false);

    public static ClientTerms Of(ConnectPacket packet, MqttGatewayOptions options) =>
        new(
            packet.Properties.MaximumPacketSize ?? uint.MaxValue,
            packet.Version == ProtocolVersion.V5 && options.ExplainsRefusals && packet.Properties.RequestProblemInformation != false
        ); // MQTT5 [MQTT-3.1.2-29]
}
