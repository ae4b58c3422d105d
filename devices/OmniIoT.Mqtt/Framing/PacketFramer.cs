using System.Buffers;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Framing;

/// <summary>Cuts a byte stream into packets without copying.</summary>
public static class PacketFramer
{
    private const int MaximumHeaderLength = 5;

    /// <summary>
    /// Takes one whole packet from the front of <paramref name="buffer"/>. False when more bytes are needed; the
    /// buffer is then untouched, and everything in it counts as examined.
    /// </summary>
    /// <param name="version">What the connection speaks; 3.1.1 until CONNECT said otherwise.</param>
    /// <param name="maximumPacketSize">Most bytes of a whole packet, header included.</param>
    /// <exception cref="MqttProtocolException">0x81 for a header that no packet can have, 0x95 for too large a packet;
    /// thrown as soon as the header tells, before the body came.</exception>
    public static bool TryReadFrame(
        ref ReadOnlySequence<byte> buffer,
        ProtocolVersion version,
        int maximumPacketSize,
        out PacketFrame frame
    )
    {
        frame = default;
        if (!TryReadHeader(buffer, version, maximumPacketSize, out FixedHeader header))
            return false;
        if (buffer.Length < header.PacketLength)
            return false;
        frame = new PacketFrame(header, buffer.Slice(header.Length, header.BodyLength));
        buffer = buffer.Slice(header.PacketLength);
        return true;
    }

    /// <summary>Reads a fixed header from the front of a span; the body need not be there yet.</summary>
    /// <inheritdoc cref="TryReadFrame"/>
    public static bool TryReadHeader(ReadOnlySpan<byte> source, ProtocolVersion version, int maximumPacketSize, out FixedHeader header)
    {
        header = default;
        if (source.IsEmpty)
            return false;
        RequireKnownFirstByte(source[0], version);
        OperationStatus status = VariableByteInteger.TryRead(source[1..], out int bodyLength, out int length);
        if (status == OperationStatus.NeedMoreData)
            return false;
        if (status != OperationStatus.Done)
            MqttProtocolException.ThrowMalformed("The remaining length has more than four bytes.");
        if (version == ProtocolVersion.V5 && length != VariableByteInteger.SizeOf(bodyLength))
            MqttProtocolException.ThrowMalformed("The remaining length is longer than needed."); // MQTT5 [MQTT-1.5.5-1]
        header = new FixedHeader(source[0], 1 + length, bodyLength);
        if (header.PacketLength > maximumPacketSize)
            MqttProtocolException.Throw(
                ReasonCode.PacketTooLarge,
                $"A packet of {header.PacketLength} bytes exceeds the maximum of {maximumPacketSize}."
            ); // MQTT5 [MQTT-3.1.2-24]
        return true;
    }

    private static bool TryReadHeader(
        in ReadOnlySequence<byte> buffer,
        ProtocolVersion version,
        int maximumPacketSize,
        out FixedHeader header
    )
    {
        ReadOnlySpan<byte> first = buffer.FirstSpan;
        if (first.Length >= MaximumHeaderLength || buffer.IsSingleSegment)
            return TryReadHeader(first, version, maximumPacketSize, out header);
        Span<byte> joined = stackalloc byte[MaximumHeaderLength];
        int length = (int)Math.Min(MaximumHeaderLength, buffer.Length);
        buffer.Slice(0, length).CopyTo(joined);
        return TryReadHeader(joined[..length], version, maximumPacketSize, out header);
    }

    private static void RequireKnownFirstByte(byte first, ProtocolVersion version)
    {
        PacketType type = (PacketType)(first >> 4);
        if (type == PacketType.Publish)
            return;
        if (type == 0 || (type == PacketType.Auth && version == ProtocolVersion.V311))
            MqttProtocolException.ThrowMalformed("A reserved packet type.");
        if ((first & 0x0F) != FixedHeader.RequiredFlags(type))
            // MQTT5 [MQTT-2.1.3-1], MQTT311 [MQTT-2.2.2-1] [MQTT-2.2.2-2]
            MqttProtocolException.ThrowMalformed($"Reserved flags are set in {type}.");
    }
}
