using System.Buffers;
using System.Buffers.Binary;

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

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    public void Bytes(scoped ReadOnlySpan<byte> utf8)
    {
        Int32(utf8.Length);
        utf8.CopyTo(output.GetSpan(utf8.Length));
        output.Advance(utf8.Length);
    }

    public void Text(string text)
    {
        int length = System.Text.Encoding.UTF8.GetByteCount(text);
        Int32(length);
        System.Text.Encoding.UTF8.GetBytes(text, output.GetSpan(length));
        output.Advance(length);
    }
}
