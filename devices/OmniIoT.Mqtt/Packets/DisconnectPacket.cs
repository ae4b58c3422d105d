using System.Buffers;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>The end of a connection; in 3.1.1 only a client sends it, and it carries nothing.</summary>
public sealed record DisconnectPacket(ReasonCode ReasonCode = ReasonCode.Success)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    public static DisconnectPacket Decode(ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        (ReasonCode reason, PacketProperties? properties) =
            version == ProtocolVersion.V5
                ? ReasonSection.Read(ref reader, PacketType.Disconnect)
                : (ReasonCode.Success, PacketProperties.None);
        reader.RequireEnd();
        return new DisconnectPacket(reason) { Properties = properties };
    }

    public void Encode(ProtocolVersion version, IBufferWriter<byte> output) =>
        ReasonSection.WritePacket(output, version, PacketType.Disconnect, ReasonCode, Properties);
}
