using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace OmniIoT.Devices;

/// <summary>Little-endian fields, one behind the other. Counterpart of <see cref="SnapshotReader"/>.</summary>
internal readonly struct SnapshotWriter(IBufferWriter<byte> output)
{
    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    /// <summary>LEB128: seven bits a byte, the lowest first.</summary>
    public void Unsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    /// <summary>How many bytes <see cref="Unsigned"/> takes.</summary>
    public static int UnsignedBytes(ulong value) => (70 - BitOperations.LeadingZeroCount(value | 1)) / 7;

    public void Single(float value) => Int32(BitConverter.SingleToInt32Bits(value));

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    public void Bytes(scoped ReadOnlySpan<byte> utf8)
    {
        Int32(utf8.Length);
        utf8.CopyTo(output.GetSpan(utf8.Length));
        output.Advance(utf8.Length);
    }

    /// <summary>Only the bytes, and zeros behind them up to a length.</summary>
    public void Padded(scoped ReadOnlySpan<byte> bytes, int length)
    {
        Span<byte> target = output.GetSpan(length)[..length];
        bytes.CopyTo(target);
        target[bytes.Length..].Clear();
        output.Advance(length);
    }

    public void Text(string text)
    {
        int length = System.Text.Encoding.UTF8.GetByteCount(text);
        Int32(length);
        System.Text.Encoding.UTF8.GetBytes(text, output.GetSpan(length));
        output.Advance(length);
    }
}
