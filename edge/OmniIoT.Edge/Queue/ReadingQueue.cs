using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Queue;

/// <summary>
/// What was measured and not yet acknowledged by the cloud, in a directory: a reading is on the disk before it is sent, and
/// leaves it when the cloud has it. What is added within a second is written together, so that a killed process loses that second at
/// most and a memory card is not worn out; the first after a pause is written at once. Bounded by <see cref="QueueLimits"/>. Of damaged
/// files every whole reading is kept, and no sequence number is ever used again. Safe for concurrent use.
/// </summary>
public sealed partial class ReadingQueue : IDisposable
{
    /// <summary>Between two writes; what a killed process loses at most.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    // Written before the second is over, so that a write stays a matter of milliseconds.
    private const int FlushBytes = 256 * 1024;

    // Of one priority, while the disk takes nothing: half an hour of two readings a second.
    private const int MaxUnwritten = 4096;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly QueueStore _store;
    private readonly List<QueueRecord>[] _unwritten = [.. Enum.GetValues<ReadingPriority>().Select(_ => new List<QueueRecord>())];
    private readonly HashSet<long> _ahead = [];
    private readonly ITimer _timer;
    private readonly Channel<byte> _written = Channel.CreateBounded<byte>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private long _unwrittenBytes;
    private long? _flushedAt;
    private long _forgotten;
    private bool _isFailing;
    private bool _isClosed;

    /// <param name="directory">Made when it is not there. What an earlier version left in <c>queue.db</c> there, or in the file of this
    /// name, is taken over.</param>
    /// <exception cref="IOException">Another process has the queue, or the disk fails.</exception>
    public ReadingQueue(string directory, QueueLimits limits, TimeProvider time, ILogger logger)
    {
        (_time, _logger) = (time, logger);
        _store = QueueStore.Open(directory, limits, time);
        _forgotten = _store.Acknowledged;
        if (_store.Damaged > 0)
            LogSalvaged(directory, _store.Damaged, _store.Count);
        _timer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has an item when something was written since the last look, so that the sender need not poll.</summary>
    public ChannelReader<byte> Written => _written.Reader;

    /// <summary>Readings that wait.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
                return _store.Count + _unwritten.Sum(list => list.Count) - _ahead.Count;
        }
    }

    /// <summary>Readings that overflow, age or a disk that failed has thrown away, in all runs.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock)
                return _store.Dropped;
        }
    }

    /// <summary>The newest number on the disk.</summary>
    public long LastWritten
    {
        get
        {
            lock (_lock)
                return _store.LastSeq;
        }
    }

    /// <summary>Of the reading that waits longest its time, and its wait while the agent ran; null when none waits.</summary>
    public (Instant At, TimeSpan Wait)? Oldest
    {
        get
        {
            lock (_lock)
                return _store.Oldest is { } oldest ? (oldest.At, _store.AgentAge - oldest.AgentAge) : null;
        }
    }

    /// <summary>Takes a reading, which is on the disk a second later. Its sequence number.</summary>
    /// <exception cref="IOException">The disk fails, and no number can be given.</exception>
    /// <exception cref="InvalidDataException">It is larger than a file of the queue.</exception>
    public long Add(Instant at, byte[] values, ReadingPriority priority = ReadingPriority.Normal)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            QueueRecord record = _store.Number(at, values);
            Enqueue(_unwritten[(int)priority], record);
            TimeSpan since = _flushedAt is { } flushed ? _time.GetElapsedTime(flushed) : FlushInterval;
            if (since >= FlushInterval || _unwrittenBytes >= FlushBytes)
                Write();
            else
                _timer.Change(FlushInterval - since, Timeout.InfiniteTimeSpan);
            return record.Seq;
        }
    }

    /// <summary>Writes what was added; false when the disk does not take it all.</summary>
    public bool Flush()
    {
        lock (_lock)
            return _isClosed || Write();
    }

    /// <summary>
    /// The oldest readings on the disk, in order, at most <paramref name="maxCount"/> and, but for the first, <paramref name="maxBytes"/>.
    /// </summary>
    public IReadOnlyList<QueuedReading> Peek(int maxCount, int maxBytes)
    {
        lock (_lock)
        {
            _store.DropAged();
            return _store.Peek(maxCount, maxBytes, _ahead);
        }
    }

    /// <summary>Of these readings those that are on the disk and wait.</summary>
    public IReadOnlyList<QueuedReading> Waiting(IEnumerable<QueuedReading> readings)
    {
        lock (_lock)
        {
            long last = _store.LastSeq;
            return [.. readings.Where(reading => reading.Seq > _forgotten && reading.Seq <= last && !_ahead.Contains(reading.Seq))];
        }
    }

    /// <summary>Forgets everything up to and with this sequence number: the cloud has it.</summary>
    public void Forget(long seq)
    {
        lock (_lock)
        {
            _forgotten = Math.Max(_forgotten, seq);
            _store.Skip(record => record.Seq <= seq || _ahead.Remove(record.Seq));
            _ahead.RemoveWhere(ahead => ahead <= seq);
        }
    }

    /// <summary>Forgets these alone, which the cloud got before older ones.</summary>
    public void ForgetAhead(IEnumerable<QueuedReading> readings)
    {
        lock (_lock)
        {
            _ahead.UnionWith(readings.Select(reading => reading.Seq));
            _store.Skip(record => _ahead.Remove(record.Seq));
        }
    }

    /// <summary>Writes what was added, and lets the queue go.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            Write();
            _isClosed = true;
            _timer.Dispose();
            _store.Dispose();
        }
    }

    private void Enqueue(List<QueueRecord> list, QueueRecord record)
    {
        if (list.Count == MaxUnwritten)
        {
            _unwrittenBytes -= list[0].Size;
            list.RemoveAt(0);
            _store.Dropped++;
        }
        list.Add(record);
        _unwrittenBytes += record.Size;
    }

    private bool Write()
    {
        _flushedAt = _time.GetTimestamp();
        long dropped = _store.Dropped;
        bool isWritten = TryWrite(out string? failure);
        _unwrittenBytes = _unwritten.Sum(list => list.Sum(record => (long)record.Size));
        if (_store.Dropped > dropped)
            LogDropped(_store.Dropped - dropped);
        if (failure is not null && !_isFailing)
            LogNotWritten(failure);
        _isFailing = failure is not null;
        if (!isWritten)
            _timer.Change(FlushInterval, Timeout.InfiniteTimeSpan);
        _written.Writer.TryWrite(0);
        return isWritten;
    }

    private bool TryWrite(out string? failure)
    {
        failure = null;
        try
        {
            // What matters most gets what room there is.
            foreach (ReadingPriority priority in Enum.GetValues<ReadingPriority>().Reverse())
                _store.Append(priority, _unwritten[(int)priority]);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            failure = refused.Message;
            return false;
        }
    }

    [LoggerMessage(4, LogLevel.Error, "The disk takes no readings, the newest are kept in memory: {Reason}")]
    private partial void LogNotWritten(string reason);

    [LoggerMessage(5, LogLevel.Warning, "The queue is full: its oldest {Count} readings are dropped")]
    private partial void LogDropped(long count);

    [LoggerMessage(
        24,
        LogLevel.Error,
        "The queue {Directory} was damaged in {Files} places; the {Readings} readings that are whole are kept"
    )]
    private partial void LogSalvaged(string directory, int files, long readings);
}
