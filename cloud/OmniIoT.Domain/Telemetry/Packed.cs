using System.Buffers;
using System.Text;
using OmniIoT.Domain.Cases;

namespace OmniIoT.Domain.Telemetry;

/// <summary>Compact integers (LEB128, signed ones as zigzag) and length-prefixed bytes.</summary>
internal static class Packed
{
    private const int MaxVarintBytes = 10;

    public static void WriteUnsigned(IBufferWriter<byte> output, ulong value)
    {
        Span<byte> span = output.GetSpan(MaxVarintBytes);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }

    public static void WriteSigned(IBufferWriter<byte> output, long value) => WriteUnsigned(output, (ulong)((value << 1) ^ (value >> 63)));

    public static void WriteBytes(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        WriteUnsigned(output, (uint)bytes.Length);
        output.Write(bytes);
    }

    public static void WriteText(IBufferWriter<byte> output, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        WriteUnsigned(output, (uint)length);
        if (length == 0)
            return;
        Encoding.UTF8.GetBytes(text, output.GetSpan(length));
        output.Advance(length);
    }

    /// <exception cref="InvalidDataException">The bytes end too early.</exception>
    public static ulong ReadUnsigned(ref ReadOnlySpan<byte> input)
    {
        ulong value = 0;
        for (int i = 0; i < MaxVarintBytes && i < input.Length; i++)
        {
            value |= (ulong)(input[i] & 0x7F) << (7 * i);
            if (input[i] >= 0x80)
                continue;
            input = input[(i + 1)..];
            return value;
        }
        throw new InvalidDataException("A packed integer does not end.");
    }

    public static long ReadSigned(ref ReadOnlySpan<byte> input)
    {
        ulong value = ReadUnsigned(ref input);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public static ReadOnlySpan<byte> ReadBytes(ref ReadOnlySpan<byte> input) => Take(ref input, checked((int)ReadUnsigned(ref input)));

    public static string ReadText(ref ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(ReadBytes(ref input));

    public static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int length)
    {
        if (length > input.Length)
            throw new InvalidDataException("Packed bytes end too early.");
        ReadOnlySpan<byte> taken = input[..length];
        input = input[length..];
        return taken;
    }
}
