using System.Runtime.InteropServices;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Queue;

/// <summary>
/// The readings of one priority, on the disk, in the order of their numbers: a row of <see cref="Segment"/>s, of which the last is
/// written to. Not safe for concurrent use.
/// </summary>
/// <param name="segmentBytes">Length of a new segment; no record may be longer.</param>
internal sealed class SegmentLog(string directory, ReadingPriority priority, int segmentBytes)
{
    private readonly List<Segment> _segments = [];
    private QueueRecord? _oldest;

    /// <summary>Readings that wait.</summary>
    public long Count => _segments.Sum(segment => (long)segment.Count);

    /// <summary>Bytes on the disk.</summary>
    public long Bytes => _segments.Sum(segment => segment.Length);

    public long LastSeq => _segments.Count == 0 ? 0 : _segments.Max(segment => segment.LastSeq);

    public TimeSpan LastAge => _segments.Count == 0 ? TimeSpan.Zero : _segments.Max(segment => segment.LastAge);

    /// <summary>The newest that waits no more.</summary>
    public long Acknowledged { get; private set; }

    public bool IsEmpty => _segments.Count == 0;

    /// <summary>The reading that waits longest; null when none does.</summary>
    public QueueRecord? Oldest
    {
        get
        {
            if (_oldest is null)
                Read(record =>
                {
                    _oldest = record;
                    return false;
                });
            return _oldest;
        }
    }

    /// <summary>Takes over what is on the disk. How many of its files are damaged.</summary>
    /// <param name="acknowledged">Up to this number nothing waits.</param>
    public int Open(long acknowledged)
    {
        Acknowledged = acknowledged;
        foreach (string path in Directory.EnumerateFiles(directory, $"{Segment.PrefixOf(priority)}*.log").Order(StringComparer.Ordinal))
            _segments.Add(Segment.Open(path, Math.Max(acknowledged, LastSeq)));
        int damaged = _segments.Count(segment => segment.IsDamaged);
        DeleteDone();
        return damaged;
    }

    /// <summary>The first of them that are on the disk when this returns; at least one.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public int Append(List<QueueRecord> records)
    {
        if (NeedsSegmentFor(records[0].Size))
            Begin(records[0].Seq);
        Segment segment = _segments[^1];
        int count = 0;
        for (int size = 0; count < records.Count && segment.HasRoomFor(size + records[count].Size); count++)
            size += records[count].Size;
        segment.Append(CollectionsMarshal.AsSpan(records)[..count]);
        return count;
    }

    /// <summary>Whether <see cref="Append"/> makes a new segment for it.</summary>
    public bool NeedsSegmentFor(int size) => _segments.Count == 0 || !_segments[^1].HasRoomFor(size);

    /// <summary>The readings that wait, oldest first, as long as they are wanted.</summary>
    public void Read(Func<QueueRecord, bool> isWanted)
    {
        foreach (Segment segment in _segments)
        {
            if (segment.Count > 0 && segment.Read(isWanted) is not null)
                return;
        }
    }

    /// <summary>The oldest wait no more, as long as they are told to go. How many they were.</summary>
    public long Skip(Func<QueueRecord, bool> goes)
    {
        long skipped = 0;
        foreach (Segment segment in _segments)
        {
            skipped += segment.Skip(record =>
            {
                if (!goes(record))
                    return false;
                Acknowledged = record.Seq;
                return true;
            });
            if (segment.Count > 0)
                break;
        }
        _oldest = skipped > 0 ? null : _oldest;
        DeleteDone();
        return skipped;
    }

    /// <summary>Gives the room of the oldest segment back. How many readings were lost with it.</summary>
    public long DropSegment()
    {
        Segment segment = _segments[0];
        segment.Delete();
        _segments.RemoveAt(0);
        _oldest = null;
        Acknowledged = Math.Max(Acknowledged, segment.LastSeq);
        return segment.Count;
    }

    private void Begin(long firstSeq)
    {
        // One that took nothing has the name that its successor is to have.
        if (_segments is [.., { End: 0 } unused])
        {
            unused.Delete();
            _segments.Remove(unused);
        }
        _segments.Add(Segment.Create(Segment.PathOf(directory, priority, firstSeq), segmentBytes));
        DeleteDone();
    }

    /// <summary>The last one stays: it is written to.</summary>
    private void DeleteDone()
    {
        while (_segments.Count > 1 && _segments[0].Count == 0)
            DropSegment();
    }
}
