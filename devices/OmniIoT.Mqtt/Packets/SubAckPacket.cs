using System.Buffers;
using System.Collections.Immutable;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>The server's answer to SUBSCRIBE: one reason code per filter, in the same order.</summary>
public sealed record SubAckPacket(ushort PacketIdentifier, ImmutableArray<ReasonCode> ReasonCodes)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    public static SubAckPacket Decode(ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        ushort identifier = reader.ReadPacketIdentifier();
        PacketProperties properties = PacketProperties.Read(ref reader, version, PacketType.SubAck);
        if (reader.IsEmpty)
            MqttProtocolException.ThrowProtocolError("SUBACK without a reason code."); // MQTT5 [MQTT-3.8.4-6], MQTT311 [MQTT-3.8.4-5]
        ImmutableArray<ReasonCode>.Builder codes = ImmutableArray.CreateBuilder<ReasonCode>(reader.Rest.Length);
        while (!reader.IsEmpty)
            codes.Add(ReadCode(version, ref reader));
        return new SubAckPacket(identifier, codes.ToImmutable()) { Properties = properties };
    }

    /// <summary>3.1.1 knows one failure only: every one is sent as 0x80.</summary>
    public void Encode(ProtocolVersion version, IBufferWriter<byte> output)
    {
        WireWriter writer = new(64);
        try
        {
            writer.WriteUInt16(PacketIdentifier);
            Properties.Write(ref writer, version, PacketType.SubAck);
            foreach (ReasonCode code in ReasonCodes)
                // MQTT311 [MQTT-3.9.3-2]
                writer.WriteByte((byte)(version == ProtocolVersion.V311 && code.IsFailure() ? ReasonCode.UnspecifiedError : code));
            writer.CompletePacket(PacketType.SubAck, output);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static ReasonCode ReadCode(ProtocolVersion version, ref WireReader reader)
    {
        ReasonCode code = (ReasonCode)reader.ReadByte();
        bool allowed =
            version == ProtocolVersion.V5
                ? code.IsAllowedIn(PacketType.SubAck)
                : code is <= ReasonCode.GrantedQos2 or ReasonCode.UnspecifiedError;
        if (!allowed)
            // MQTT5 [MQTT-3.9.3-2], MQTT311 [MQTT-3.9.3-2]
            MqttProtocolException.ThrowProtocolError($"Reason code 0x{(byte)code:X2} in SUBACK.");
        return code;
    }
}
