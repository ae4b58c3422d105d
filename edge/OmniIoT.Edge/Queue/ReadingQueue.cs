using Microsoft.Data.Sqlite;
using OmniIoT.Devices.Time;

namespace OmniIoT.Edge.Queue;

/// <summary>
/// What was measured and not yet acknowledged by the cloud, in a file: a reading is on the disk before it is sent, and
/// leaves it when the cloud has it. Bounded by <see cref="QueueLimits"/>. A file that turns out corrupt is set aside
/// and a new one begun, with sequence numbers above all that were handed out. Safe for concurrent use.
/// </summary>
public sealed class ReadingQueue : IDisposable
{
    // A drop takes this share of the limit at once, so that a full queue does not pay for a drop with every reading.
    private const int DropShare = 100;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly QueueLimits _limits;
    private readonly TimeProvider _time;
    private QueueFile _file;
    private long _lastSeq;

    /// <exception cref="SqliteException">The file cannot be opened for another reason than corruption.</exception>
    public ReadingQueue(string path, QueueLimits limits, TimeProvider time)
    {
        (_path, _limits, _time) = (path, limits, time);
        _file = Open();
    }

    /// <summary>Readings that wait.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
                return _file.Count;
        }
    }

    /// <summary>Readings that overflow or age has thrown away since the start.</summary>
    public long Dropped { get; private set; }

    /// <summary>Corrupt files set aside since the start.</summary>
    public int SetAside { get; private set; }

    /// <summary>Returns when the reading is on the disk; its sequence number.</summary>
    public long Add(Instant at, byte[] values) =>
        Guarded(file =>
        {
            MakeRoom(file, values.Length);
            return _lastSeq = file.Insert(at, values);
        });

    /// <summary>
    /// The oldest readings, in order, at most <paramref name="maxCount"/> and, but for the first, <paramref name="maxBytes"/>.
    /// </summary>
    public IReadOnlyList<QueuedReading> Peek(int maxCount, int maxBytes) =>
        Guarded(file =>
        {
            DropAged(file);
            return file.Oldest(maxCount, maxBytes);
        });

    /// <summary>Forgets everything up to and with this sequence number: the cloud has it.</summary>
    public void Forget(long seq) => Guarded(file => file.DeleteUpTo(seq));

    public void Dispose() => _file.Dispose();

    private void MakeRoom(QueueFile file, int bytes)
    {
        DropAged(file);
        if (file.Count < _limits.MaxCount && file.Bytes + bytes <= _limits.MaxBytes)
            return;
        long share = Math.Max(1, Math.Min(_limits.MaxCount, file.Count) / DropShare);
        do Dropped += file.DeleteOldest(share);
        while (file.Count > 0 && (file.Count >= _limits.MaxCount || file.Bytes + bytes > _limits.MaxBytes));
    }

    private void DropAged(QueueFile file)
    {
        Instant oldest = Instant.FromTime(_time.GetUtcNow()) - _limits.MaxAge;
        if (file.OldestAt is { } at && at < oldest)
            Dropped += file.DeleteOlderThan(oldest);
    }

    private T Guarded<T>(Func<QueueFile, T> action)
    {
        lock (_lock)
        {
            try
            {
                return action(_file);
            }
            catch (SqliteException failure) when (QueueFile.IsCorruption(failure))
            {
                _file.Dispose();
                Replace();
                return action(_file);
            }
        }
    }

    private QueueFile Open()
    {
        try
        {
            QueueFile file = QueueFile.Open(_path, FirstSeq());
            _lastSeq = Math.Max(_lastSeq, file.LastSeq);
            return file;
        }
        catch (SqliteException failure) when (QueueFile.IsCorruption(failure))
        {
            Replace();
            return _file!;
        }
    }

    private void Replace()
    {
        QueueFile.SetAside(_path);
        SetAside++;
        _file = QueueFile.Open(_path, FirstSeq());
    }

    // Microseconds since 1970: above every number of an earlier file, which began lower and rises by one per reading.
    private long FirstSeq() => Math.Max(_lastSeq, _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
}
