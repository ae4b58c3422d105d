using System.Buffers;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>One step of an extended authentication; 5.0 only.</summary>
public sealed record AuthPacket(ReasonCode ReasonCode = ReasonCode.Success)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    public static AuthPacket Decode(ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        (ReasonCode reason, PacketProperties? properties) = ReasonSection.Read(ref reader, PacketType.Auth);
        reader.RequireEnd();
        if (!body.IsEmpty && properties.AuthenticationMethod is null)
            MqttProtocolException.ThrowProtocolError("AUTH without a method."); // MQTT5 section 3.15.2.2.2
        return new AuthPacket(reason) { Properties = properties };
    }

    public void Encode(IBufferWriter<byte> output) =>
        ReasonSection.WritePacket(output, ProtocolVersion.V5, PacketType.Auth, ReasonCode, Properties);
}
