using System.Buffers;
using System.Buffers.Binary;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Wire;

/// <summary>
/// Builds the body of a rare packet in a pooled buffer that grows; <see cref="CompletePacket"/> puts the fixed header
/// in front, hands the whole to the output and gives the buffer back. PUBLISH and its acknowledgements do without.
/// </summary>
internal ref struct WireWriter
{
    private const int MaximumHeaderLength = 5;
    private byte[] _buffer;
    private int _position;

    public WireWriter(int sizeHint)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(MaximumHeaderLength + sizeHint);
        _position = MaximumHeaderLength;
    }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(MaximumHeaderLength, _position - MaximumHeaderLength);

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(sizeof(ushort)), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), value);

    public void WriteVariableByteInteger(int value) => VariableByteInteger.Write(Take(VariableByteInteger.SizeOf(value)), value);

    public void WriteBytes(scoped ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        if (value.Length > ushort.MaxValue)
            throw new ArgumentException($"Binary data of {value.Length} bytes exceeds MQTT's 65,535.", nameof(value));
        WriteUInt16((ushort)value.Length);
        WriteBytes(value);
    }

    public void WriteString(string value) => WriteBinary(Utf8Text.Encode(value));

    public void CompletePacket(PacketType type, IBufferWriter<byte> output)
    {
        int body = _position - MaximumHeaderLength;
        int start = MaximumHeaderLength - 1 - VariableByteInteger.SizeOf(body);
        _buffer[start] = FixedHeader.FirstByte(type);
        VariableByteInteger.Write(_buffer.AsSpan(start + 1), body);
        output.Write(_buffer.AsSpan(start, _position - start));
        Dispose();
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _position = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _position < count)
            Grow(count);
        Span<byte> span = _buffer.AsSpan(_position, count);
        _position += count;
        return span;
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_position + count), _buffer.Length * 2));
        _buffer.AsSpan(0, _position).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
