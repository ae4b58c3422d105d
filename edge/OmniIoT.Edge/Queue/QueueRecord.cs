using System.Buffers.Binary;
using System.Numerics;
using OmniIoT.Devices.Time;

namespace OmniIoT.Edge.Queue;

/// <summary>
/// One reading in a segment: a mark that no JSON holds, the CRC-32C of what follows, the length of the values, <c>seq</c>, time, age,
/// values; all numbers little-endian. By mark and checksum a whole record is found behind a damaged one.
/// </summary>
/// <param name="AgentAge">How long the agent had run, all its runs together, when this was read. A clock that nobody sets.</param>
internal readonly record struct QueueRecord(long Seq, Instant At, TimeSpan AgentAge, byte[] Values)
{
    /// <summary>Bytes of a record beyond its values.</summary>
    public const int Overhead = 36;

    private const int ChecksumAt = 4;
    private const int CheckedAt = 8;

    // No byte of it occurs in UTF-8.
    private static ReadOnlySpan<byte> Mark => [0xF8, 0xF9, 0xFA, 0xFB];

    public int Size => Overhead + Values.Length;

    public void Write(Span<byte> target)
    {
        Mark.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[CheckedAt..], Values.Length);
        BinaryPrimitives.WriteInt64LittleEndian(target[12..], Seq);
        BinaryPrimitives.WriteInt64LittleEndian(target[20..], At.UnixMilliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(target[28..], AgentAge.Ticks);
        Values.CopyTo(target[Overhead..]);
        BinaryPrimitives.WriteUInt32LittleEndian(target[ChecksumAt..], Checksum(target[CheckedAt..Size]));
    }

    /// <summary>The next whole record at or behind <paramref name="at"/>.</summary>
    /// <param name="at">Becomes the place behind the record; where there is none, stays.</param>
    /// <param name="isDamaged">Becomes true when something lay before it, or lies there instead of one, that is no record.</param>
    public static bool TryFind(ReadOnlySpan<byte> segment, ref int at, out QueueRecord record, ref bool isDamaged)
    {
        for (int start = at; start < segment.Length; start++)
        {
            int marked = segment[start..].IndexOf(Mark);
            if (marked < 0)
                break;
            start += marked;
            if (!TryRead(segment[start..], out record))
                continue;
            isDamaged |= start > at;
            at = start + record.Size;
            return true;
        }
        record = default;
        // What was never written to is zero.
        isDamaged |= segment[at..].ContainsAnyExcept((byte)0);
        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> source, out QueueRecord record)
    {
        record = default;
        if (source.Length < Overhead)
            return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(source[CheckedAt..]);
        if (length < 0 || length > source.Length - Overhead)
            return false;
        if (Checksum(source[CheckedAt..(Overhead + length)]) != BinaryPrimitives.ReadUInt32LittleEndian(source[ChecksumAt..]))
            return false;
        record = new QueueRecord(
            BinaryPrimitives.ReadInt64LittleEndian(source[12..]),
            new Instant(BinaryPrimitives.ReadInt64LittleEndian(source[20..])),
            new TimeSpan(BinaryPrimitives.ReadInt64LittleEndian(source[28..])),
            source.Slice(Overhead, length).ToArray()
        );
        return true;
    }

    internal static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint checksum = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (byte one in data)
            checksum = BitOperations.Crc32C(checksum, one);
        return ~checksum;
    }
}
