using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Writing;

/// <summary>Those chunks of one month of a series that a batch may change, by the time of their first reading.</summary>
internal sealed class ChunkSet
{
    /// <summary>A chunk of this many readings is left alone: about 1 to 4 KiB.</summary>
    public const int FullCount = 512;

    /// <summary>A query decodes whole chunks; this many take some ten microseconds.</summary>
    private const int MaxCount = 1024;

    private readonly SortedList<long, Chunk> _chunks = [];
    private readonly List<long> _deleted = [];

    /// <summary>First readings of stored chunks that are replaced.</summary>
    public IReadOnlyList<long> Deleted => _deleted;

    /// <summary>Adds a stored chunk; one that is here already stays.</summary>
    public void Load(long firstAt, byte[] data)
    {
        if (_chunks.ContainsKey(firstAt))
            return;
        List<Reading> readings = [];
        ChunkCodec.Decode(data, readings);
        _chunks.Add(firstAt, new Chunk(readings, IsStored: true));
    }

    /// <summary>Puts readings in their place among older ones; what was stored with the same time and seq is replaced.</summary>
    public void Insert(ReadOnlySpan<Reading> late)
    {
        while (!late.IsEmpty)
        {
            int following = CountUpTo(late[0].At.UnixMilliseconds);
            long end = following < _chunks.Count ? _chunks.GetKeyAtIndex(following) : long.MaxValue;
            int count = 1;
            while (count < late.Length && late[count].At.UnixMilliseconds < end)
                count++;
            if (following == 0)
                Add(late[..count].ToArray());
            else
                Merge(following - 1, late[..count]);
            late = late[count..];
        }
    }

    /// <summary>Adds readings that are all newer than the newest, and puts the newest small chunks together with them.</summary>
    /// <returns>Readings in the last chunk.</returns>
    public int Append(ReadOnlySpan<Reading> readings, int smallChunks)
    {
        List<Reading> together = [];
        foreach (long firstAt in _chunks.Keys.TakeLast(smallChunks).ToList())
        {
            together.AddRange(_chunks[firstAt].Readings);
            Remove(firstAt);
        }
        together.AddRange(readings);
        Add([.. together]);
        return Split(together)[^1].Count;
    }

    /// <summary>All readings of the set within a range, both ends inclusive, in order.</summary>
    public IEnumerable<Reading> Within(long from, long to) =>
        _chunks
            .Values.SelectMany(chunk => chunk.Readings)
            .Where(reading => reading.At.UnixMilliseconds >= from && reading.At.UnixMilliseconds <= to);

    /// <summary>The chunks that are to be stored.</summary>
    public IEnumerable<List<Reading>> Changed() =>
        _chunks.Values.Where(chunk => !chunk.IsStored).SelectMany(chunk => Split(chunk.Readings));

    private void Merge(int index, ReadOnlySpan<Reading> late)
    {
        long firstAt = _chunks.GetKeyAtIndex(index);
        List<Reading> merged = ReadingOrder.Merge(_chunks[firstAt].Readings, late);
        Remove(firstAt);
        _chunks.Add(firstAt, new Chunk(merged, IsStored: false));
    }

    private void Add(Reading[] readings) => _chunks.Add(readings[0].At.UnixMilliseconds, new Chunk([.. readings], IsStored: false));

    private void Remove(long firstAt)
    {
        if (_chunks[firstAt].IsStored)
            _deleted.Add(firstAt);
        _chunks.Remove(firstAt);
    }

    /// <summary>How many chunks begin at or before a time.</summary>
    private int CountUpTo(long at)
    {
        int low = 0,
            high = _chunks.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_chunks.GetKeyAtIndex(middle) <= at)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>Chunks of even length, none of which ends between readings of the same time.</summary>
    private static List<List<Reading>> Split(List<Reading> readings)
    {
        int chunks = (readings.Count + MaxCount - 1) / MaxCount;
        int length = (readings.Count + chunks - 1) / chunks;
        List<List<Reading>> split = [];
        for (int start = 0; start < readings.Count; )
        {
            int end = Math.Min(start + length, readings.Count);
            while (end < readings.Count && readings[end].At == readings[end - 1].At)
                end++;
            split.Add(readings[start..end]);
            start = end;
        }
        return split;
    }

    private sealed record Chunk(List<Reading> Readings, bool IsStored);
}
