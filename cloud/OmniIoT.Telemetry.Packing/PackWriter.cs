using System.Buffers.Binary;
using System.Text;

namespace OmniIoT.Telemetry.Packing;

/// <summary>A growing buffer of compact numbers: LEB128, signed ones as zigzag. Reused; not safe for concurrent use.</summary>
internal sealed class PackWriter
{
    private const int MaxVarintBytes = 10;

    private byte[] _buffer = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public int Length => _length;

    /// <summary>Forgets what was written from a place on.</summary>
    public void Truncate(int length = 0) => _length = length;

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    public void Unsigned(ulong value)
    {
        Reserve(MaxVarintBytes);
        byte[] buffer = _buffer;
        int at = _length;
        for (; value >= 0x80; value >>= 7)
            buffer[at++] = (byte)(value | 0x80);
        buffer[at++] = (byte)value;
        _length = at;
    }

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Double(double value)
    {
        Reserve(sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(double);
    }

    public void Text(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Unsigned((uint)length);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + bytes));
    }
}
