using System.Buffers;
using System.Buffers.Binary;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>Writes PUBACK, PUBREC, PUBREL and PUBCOMP straight into the output; allocates nothing.</summary>
public static class AckWriter
{
    /// <summary>The most that <see cref="Write(Span{byte}, ProtocolVersion, PacketType, ushort, ReasonCode)"/> writes.</summary>
    public const int MaximumLength = 5;

    /// <summary>Writes one acknowledgement without properties into a span of at least <see cref="MaximumLength"/> bytes.</summary>
    /// <param name="reasonCode">Left out in 3.1.1, which has no word for it, and where it is success.</param>
    /// <returns>Bytes written, 4 or 5.</returns>
    public static int Write(
        Span<byte> destination,
        ProtocolVersion version,
        PacketType type,
        ushort packetIdentifier,
        ReasonCode reasonCode = ReasonCode.Success
    )
    {
        bool withReason = version == ProtocolVersion.V5 && reasonCode != ReasonCode.Success;
        destination[0] = FixedHeader.FirstByte(type);
        destination[1] = (byte)(withReason ? 3 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], packetIdentifier);
        if (withReason)
            destination[4] = (byte)reasonCode;
        return withReason ? 5 : 4;
    }

    /// <summary>Writes one acknowledgement into the output; <paramref name="properties"/> is an encoded section, 5.0 only.</summary>
    public static void Write(
        IBufferWriter<byte> output,
        ProtocolVersion version,
        PacketType type,
        ushort packetIdentifier,
        ReasonCode reasonCode = ReasonCode.Success,
        ReadOnlySpan<byte> properties = default
    )
    {
        if (properties.IsEmpty)
        {
            output.Advance(Write(output.GetSpan(MaximumLength), version, type, packetIdentifier, reasonCode));
            return;
        }

        if (version == ProtocolVersion.V311)
            throw new ArgumentException("3.1.1 has no properties.", nameof(properties));
        WireWriter writer = new(8 + properties.Length);
        writer.WriteUInt16(packetIdentifier);
        writer.WriteByte((byte)reasonCode);
        writer.WriteVariableByteInteger(properties.Length);
        writer.WriteBytes(properties);
        writer.CompletePacket(type, output);
    }
}
