using System.Buffers;
using System.Collections.Immutable;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>The server's answer to UNSUBSCRIBE; 3.1.1 carries no reason codes, they are then empty.</summary>
public sealed record UnsubAckPacket(ushort PacketIdentifier, ImmutableArray<ReasonCode> ReasonCodes)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    public static UnsubAckPacket Decode(ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        ushort identifier = reader.ReadPacketIdentifier();
        PacketProperties properties = PacketProperties.Read(ref reader, version, PacketType.UnsubAck);
        if (version == ProtocolVersion.V311)
        {
            reader.RequireEnd(); // MQTT311 section 3.11.3: no payload.
            return new UnsubAckPacket(identifier, []);
        }

        if (reader.IsEmpty)
            MqttProtocolException.ThrowProtocolError("UNSUBACK without a reason code."); // MQTT5 [MQTT-3.11.3-1]
        ImmutableArray<ReasonCode>.Builder codes = ImmutableArray.CreateBuilder<ReasonCode>(reader.Rest.Length);
        while (!reader.IsEmpty)
            codes.Add(ReadCode(ref reader));
        return new UnsubAckPacket(identifier, codes.ToImmutable()) { Properties = properties };
    }

    public void Encode(ProtocolVersion version, IBufferWriter<byte> output)
    {
        WireWriter writer = new(64);
        try
        {
            writer.WriteUInt16(PacketIdentifier);
            Properties.Write(ref writer, version, PacketType.UnsubAck);
            if (version == ProtocolVersion.V5)
            {
                foreach (ReasonCode code in ReasonCodes)
                    writer.WriteByte((byte)code);
            }

            writer.CompletePacket(PacketType.UnsubAck, output);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static ReasonCode ReadCode(ref WireReader reader)
    {
        ReasonCode code = (ReasonCode)reader.ReadByte();
        if (!code.IsAllowedIn(PacketType.UnsubAck))
            MqttProtocolException.ThrowProtocolError($"Reason code 0x{(byte)code:X2} in UNSUBACK."); // MQTT5 [MQTT-3.11.3-2]
        return code;
    }
}
