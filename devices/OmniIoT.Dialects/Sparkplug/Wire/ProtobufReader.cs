using System.Buffers.Binary;

namespace OmniIoT.Dialects.Sparkplug.Wire;

/// <summary>How a field lies on the wire (Protocol Buffers, encoding).</summary>
internal enum WireType : byte
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    Fixed32 = 5,
}

/// <summary>
/// Reads Protocol Buffers fields one after the other; what it returns points into the message. Every read says whether it could:
/// a message that is cut short or holds a group, which nobody sends, is broken.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int MaximumVarintBytes = 10;

    private readonly ReadOnlySpan<byte> _message = message;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _message.Length;

    public bool TryReadTag(out int field, out WireType type)
    {
        bool read = TryReadVarint(out ulong tag) && tag is > 7 and <= uint.MaxValue;
        (field, type) = ((int)(tag >> 3), (WireType)(tag & 7));
        return read;
    }

    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < MaximumVarintBytes && Position < _message.Length; i++)
        {
            byte next = _message[Position++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
                return true;
        }
        return false;
    }

    public bool TryReadFixed32(out uint value)
    {
        bool read = TryTake(sizeof(uint), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;
        return read;
    }

    public bool TryReadFixed64(out ulong value)
    {
        bool read = TryTake(sizeof(ulong), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;
        return read;
    }

    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryReadVarint(out ulong length) && length <= int.MaxValue && TryTake((int)length, out bytes);
    }

    /// <summary>Passes over a field that is of no interest, or not known.</summary>
    public bool TrySkip(WireType type) =>
        type switch
        {
            WireType.Varint => TryReadVarint(out _),
            WireType.Fixed64 => TryReadFixed64(out _),
            WireType.LengthDelimited => TryReadBytes(out _),
            WireType.Fixed32 => TryReadFixed32(out _),
            _ => false,
        };

    private bool TryTake(int length, out ReadOnlySpan<byte> bytes)
    {
        bool isThere = length <= _message.Length - Position;
        bytes = isThere ? _message.Slice(Position, length) : default;
        if (isThere)
            Position += length;
        return isThere;
    }
}
