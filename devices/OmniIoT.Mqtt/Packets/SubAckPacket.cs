using System.Buffers;
using System.Collections.Immutable;

namespace OmniIoT.Mqtt;

/// <summary>The server's answer to SUBSCRIBE: one reason code per filter, in the same order.</summary>
public sealed record SubAckPacket(ushort PacketIdentifier, ImmutableArray<ReasonCode> ReasonCodes)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    public static SubAckPacket Decode(ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var identifier = reader.ReadPacketIdentifier();
        var properties = PacketProperties.Read(ref reader, version, PacketType.SubAck);
        if (reader.IsEmpty)
            MqttProtocolException.ThrowProtocolError("SUBACK without a reason code."); // MQTT5 [MQTT-3.8.4-6], MQTT311 [MQTT-3.8.4-5]
        var codes = ImmutableArray.CreateBuilder<ReasonCode>(reader.Rest.Length);
        while (!reader.IsEmpty)
            codes.Add(ReadCode(version, ref reader));
        return new SubAckPacket(identifier, codes.ToImmutable()) { Properties = properties };
    }

    /// <summary>3.1.1 knows one failure only: every one is sent as 0x80.</summary>
    public void Encode(ProtocolVersion version, IBufferWriter<byte> output)
    {
        var writer = new WireWriter(64);
        try
        {
            writer.WriteUInt16(PacketIdentifier);
            Properties.Write(ref writer, version, PacketType.SubAck);
            foreach (var code in ReasonCodes)
                writer.WriteByte(
                    (byte)(
                        version == ProtocolVersion.V311 && code.IsFailure()
                            ? ReasonCode.UnspecifiedError
                            : code
                    )
                ); // MQTT311 [MQTT-3.9.3-2]
            writer.CompletePacket(PacketType.SubAck, output);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static ReasonCode ReadCode(ProtocolVersion version, ref WireReader reader)
    {
        var code = (ReasonCode)reader.ReadByte();
        var allowed =
            version == ProtocolVersion.V5
                ? code.IsAllowedIn(PacketType.SubAck)
                : code is <= ReasonCode.GrantedQos2 or ReasonCode.UnspecifiedError;
        if (!allowed)
            MqttProtocolException.ThrowProtocolError($"Reason code 0x{(byte)code:X2} in SUBACK."); // MQTT5 [MQTT-3.9.3-2], MQTT311 [MQTT-3.9.3-2]
        return code;
    }
}
