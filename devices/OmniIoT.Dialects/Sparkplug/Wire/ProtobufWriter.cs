using System.Buffers;
using System.Buffers.Binary;

namespace OmniIoT.Dialects.Sparkplug.Wire;

/// <summary>Writes Protocol Buffers fields.</summary>
internal static class ProtobufWriter
{
    public static void WriteVarint(this ArrayBufferWriter<byte> output, int field, ulong value)
    {
        WriteTag(output, field, WireType.Varint);
        WriteRaw(output, value);
    }

    public static void WriteFixed32(this ArrayBufferWriter<byte> output, int field, uint value)
    {
        WriteTag(output, field, WireType.Fixed32);
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }

    public static void WriteFixed64(this ArrayBufferWriter<byte> output, int field, ulong value)
    {
        WriteTag(output, field, WireType.Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
    }

    public static void WriteBytes(this ArrayBufferWriter<byte> output, int field, ReadOnlySpan<byte> bytes)
    {
        WriteTag(output, field, WireType.LengthDelimited);
        WriteRaw(output, (ulong)bytes.Length);
        output.Write(bytes);
    }

    private static void WriteTag(ArrayBufferWriter<byte> output, int field, WireType type) =>
        WriteRaw(output, ((ulong)field << 3) | (byte)type);

    private static void WriteRaw(ArrayBufferWriter<byte> output, ulong value)
    {
        while (value >= 0x80)
        {
            output.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }
        output.Write([(byte)value]);
    }
}
