using OmniIoT.Devices.Time;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Queue;

/// <summary>The queue's files: a log of segments for each priority, and the state. Not safe for concurrent use.</summary>
internal sealed class QueueStore : IDisposable
{
    // Numbers handed out between two writes of the state that must reach the disk.
    private const long Reserve = 100_000;
    private const int MostSegmentBytes = 1024 * 1024;
    private const int LeastSegmentBytes = 64 * 1024;

    // Of the bytes that the queue may have; what a full queue drops at once.
    private const int Segments = 16;

    private readonly SegmentLog[] _logs;
    private readonly QueueState _state;
    private readonly QueueLimits _limits;
    private readonly TimeProvider _time;
    private readonly int _segmentBytes;
    private readonly long _openedAt;
    private TimeSpan _ageAtOpening;
    private long _next;

    private QueueStore(string directory, QueueLimits limits, TimeProvider time)
    {
        (_limits, _time) = (limits, time);
        _openedAt = time.GetTimestamp();
        _segmentBytes = (int)Math.Clamp(limits.MaxBytes / Segments, LeastSegmentBytes, MostSegmentBytes);
        _state = QueueState.Open(directory);
        _logs = [.. Enum.GetValues<ReadingPriority>().Select(priority => new SegmentLog(directory, priority, _segmentBytes))];
    }

    /// <summary>Files that were damaged or are missing.</summary>
    public int Damaged { get; private set; }

    public long Count => _logs.Sum(log => log.Count);

    public long LastSeq => _logs.Max(log => log.LastSeq);

    /// <summary>The newest that waits no more.</summary>
    public long Acknowledged => _logs.Max(log => log.Acknowledged);

    /// <summary>How long the agent has run, in all runs that the files know of.</summary>
    public TimeSpan AgentAge => _ageAtOpening + _time.GetElapsedTime(_openedAt);

    /// <summary>The reading that waits longest; null when none does.</summary>
    public QueueRecord? Oldest => _logs.Select(log => log.Oldest).MinBy(record => record?.Seq ?? long.MaxValue);

    public long Dropped
    {
        get => _state.Dropped;
        set => _state.Dropped = value;
    }

    /// <exception cref="IOException">Another process has the queue, or the disk fails.</exception>
    public static QueueStore Open(string directory, QueueLimits limits, TimeProvider time)
    {
        string? earlier = EarlierQueue.Find(directory);
        Directory.CreateDirectory(directory);
        QueueStore store = new(directory, limits, time);
        try
        {
            store.Open(earlier);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>A reading with the next number, which is never given again.</summary>
    public QueueRecord Number(Instant at, byte[] values)
    {
        QueueRecord record = new(_next, at, AgentAge, values);
        if (record.Size > _segmentBytes)
            throw new InvalidDataException("The reading is larger than a file of the queue.");
        if (_next >= _state.Ceiling)
            _state.Reserve(_next + Reserve);
        _next++;
        return record;
    }

    /// <summary>Writes them, making room, and takes them out of the list.</summary>
    /// <exception cref="IOException">The disk fails, or is full of what matters more; what is written is out of the list.</exception>
    public void Append(ReadingPriority priority, List<QueueRecord> records)
    {
        DropAged();
        while (records.Count > 0)
        {
            while (IsTooMuch(priority, records[0].Size) && DropOldest(priority)) { }
            try
            {
                records.RemoveRange(0, _logs[(int)priority].Append(records));
            }
            catch (IOException failure) when (Disk.IsFull(failure))
            {
                if (!DropOldest(priority))
                    throw;
            }
        }
        Save();
    }

    /// <inheritdoc cref="ReadingQueue.Peek"/>
    public List<QueuedReading> Peek(int maxCount, int maxBytes, IReadOnlySet<long> except)
    {
        List<QueueRecord> oldest = [];
        foreach (SegmentLog log in _logs)
        {
            (int count, int bytes) = (0, 0);
            log.Read(record =>
            {
                if (except.Contains(record.Seq))
                    return true;
                bytes += record.Values.Length;
                if (count++ == maxCount || (bytes > maxBytes && count > 1))
                    return false;
                oldest.Add(record);
                return true;
            });
        }
        long total = 0;
        return
        [
            .. oldest
                .OrderBy(record => record.Seq)
                .TakeWhile((record, index) => index < maxCount && ((total += record.Values.Length) <= maxBytes || index == 0))
                .Select(record => new QueuedReading(record.Seq, record.At, record.Values)),
        ];
    }

    /// <summary>Of each priority the oldest wait no more, as long as they are told to go. How many they were.</summary>
    public long Skip(Func<QueueRecord, bool> goes)
    {
        long skipped = _logs.Sum(log => log.Skip(goes));
        if (skipped > 0)
            Save();
        return skipped;
    }

    /// <summary>What waited too long goes.</summary>
    public void DropAged()
    {
        TimeSpan oldest = AgentAge - _limits.MaxAge;
        if (Oldest is { } record && record.AgentAge < oldest)
            Dropped += Skip(record => record.AgentAge < oldest);
    }

    public void Dispose()
    {
        if (_next > 0)
            _state.Flush();
        _state.Dispose();
    }

    private bool IsTooMuch(ReadingPriority priority, int size) =>
        _logs[(int)priority].NeedsSegmentFor(size) && _logs.Sum(log => log.Bytes) + _segmentBytes > _limits.MaxBytes;

    /// <summary>Makes room by the oldest readings of the lowest priority; false when all matter more than what needs it.</summary>
    private bool DropOldest(ReadingPriority most)
    {
        if (_logs.Take((int)most + 1).FirstOrDefault(log => !log.IsEmpty) is not { } lowest)
            return false;
        Dropped += lowest.DropSegment();
        return true;
    }

    private void Save()
    {
        _state.Written = LastSeq;
        for (int priority = 0; priority < _logs.Length; priority++)
            _state.Acknowledged[priority] = _logs[priority].Acknowledged;
        _state.Save();
    }

    private void Open(string? earlier)
    {
        for (int priority = 0; priority < _logs.Length; priority++)
            Damaged += _logs[priority].Open(_state.Acknowledged[priority]);
        _ageAtOpening = _logs.Max(log => log.LastAge);
        long last = Math.Max(LastSeq, _state.Acknowledged.Max());
        bool isNew = !_state.IsKnown && last == 0;
        if (_state.IsKnown ? last < _state.Written : !isNew)
            Damaged++;
        // A whole queue goes on where it stood. Of a damaged one the state knows which numbers may be out; without the state the clock:
        // a queue begins to count by it in microseconds, and no device reads a million times a second.
        _next = last + 1;
        if (Damaged > 0)
            _next = Math.Max(_next, _state.Ceiling);
        if (isNew || (Damaged > 0 && !_state.IsKnown))
            _next = Math.Max(last + Reserve, _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
        if (earlier is not null)
            TakeOver(earlier, isNew);
        _state.Reserve(_next + Reserve);
        Save();
    }

    private void TakeOver(string earlier, bool isNew)
    {
        List<QueueRecord> records = [];
        SegmentLog log = _logs[(int)ReadingPriority.Normal];
        long done = log.LastSeq;
        long? handedOut = EarlierQueue.Read(
            earlier,
            (seq, at, values) =>
            {
                // A power failure may have ended an earlier attempt.
                if (seq > done && QueueRecord.Overhead + values.Length <= _segmentBytes)
                    records.Add(new QueueRecord(seq, at, AgentAge, values));
                if (records.Count == 1000)
                    Append(ReadingPriority.Normal, records);
            }
        );
        Append(ReadingPriority.Normal, records);
        _next = Math.Max(isNew && handedOut is { } last ? last + 1 : _next, LastSeq + 1);
        if (handedOut is null)
            EarlierQueue.SetAside(earlier);
        else
            EarlierQueue.Delete(earlier);
        Damaged += handedOut is null ? 1 : 0;
    }
}
