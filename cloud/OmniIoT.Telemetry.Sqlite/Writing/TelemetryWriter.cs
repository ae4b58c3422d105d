using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Damage;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Writing;

/// <summary>
/// Writes batches to the months they belong to, each file in a transaction of its own that also holds the position, and then
/// remembers the position as applied whole. After a crash in between, the files that have it already leave it alone.
/// </summary>
internal sealed class TelemetryWriter : IDisposable
{
    private const string CatalogName = "catalog.db";

    private static readonly WriterOptions CatalogTuning = new(
        PageSize: 4096,
        CacheKibibytes: 256,
        CheckpointPages: 64,
        JournalSizeLimit: 1 << 20
    );

    private static readonly TimeSpan MarkStep = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly string _catalogPath;
    private readonly MonthFiles _files;
    private readonly MonthHealth _health;
    private readonly RecentlyUsed<Month, MonthWriter> _writers;
    private DatabaseConnection? _catalog;
    private long? _position;

    public TelemetryWriter(string directory, MonthFiles files, MonthHealth health, int openMonths, TimeProvider time)
    {
        _catalogPath = Path.Combine(directory, CatalogName);
        (_files, _health) = (files, health);
        _writers = new RecentlyUsed<Month, MonthWriter>(openMonths, month => new MonthWriter(files.PathOf(month), month, time));
    }

    /// <summary>The newest position that is applied whole.</summary>
    public long Position
    {
        get
        {
            lock (_lock)
                return _position ??= LoadPosition();
        }
    }

    public void Apply(long position, Instant recordedAt, IReadOnlyList<SeriesReadings> readings)
    {
        lock (_lock)
        {
            if (Position >= position)
                return;
            foreach ((Month month, IEnumerable<SeriesBatch> batches) in MonthSplitter.Split(readings))
                Write(month, writer => writer.Apply(position, recordedAt, batches));
            SavePosition(position);
        }
    }

    public void DeleteDevice(string deviceId)
    {
        lock (_lock)
        {
            foreach (Month month in _files.All)
                Write(month, writer => writer.DeleteDevice(deviceId));
        }
    }

    /// <summary>Deletes months that ended, and were last written to, before the retention; returns how many.</summary>
    public int Expire(Instant now, TimeSpan retention)
    {
        lock (_lock)
        {
            Instant before = AdvanceMark(now) - retention;
            int expired = 0;
            foreach (Month month in _files.All)
            {
                if (month.End > before.UnixMilliseconds || Write(month, writer => writer.WrittenAt) >= before)
                    continue;
                _writers.Remove(month);
                _files.Delete(month);
                _health.Forget(month);
                expired++;
            }
            return expired;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writers.Dispose();
            _catalog?.Dispose();
            _catalog = null;
        }
    }

    /// <summary>
    /// The time by which files are deleted, which is kept: it follows the clock by a day at each look, of which there is one an hour, so
    /// that a clock that is wrong deletes next to nothing before somebody sees it. At first it is the time of what was written last.
    /// </summary>
    private Instant AdvanceMark(Instant now)
    {
        Statement select = Catalog().Prepare("SELECT at FROM retention_mark");
        Instant? known = select.Step() ? new Instant(select.Int64(0)) : null;
        select.Reset();
        Instant mark = known is { } kept ? kept + MarkStep : WrittenAt(now);
        mark = mark < now ? mark : now;
        Catalog()
            .Prepare("INSERT INTO retention_mark (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at")
            .Bind(mark.UnixMilliseconds)
            .Run();
        return mark;
    }

    private Instant WrittenAt(Instant ifNothingWas)
    {
        Instant[] times = [.. _files.All.Select(month => Write(month, writer => writer.WrittenAt))];
        return times.Length == 0 ? ifNothingWas : times.Max();
    }

    private void Write(Month month, Action<MonthWriter> work) =>
        Write(
            month,
            writer =>
            {
                work(writer);
                return true;
            }
        );

    /// <summary>A file that cannot be written to, because it is damaged, is set aside and begun anew: readings go on to be kept.</summary>
    private T Write<T>(Month month, Func<MonthWriter, T> work)
    {
        try
        {
            return WriteOnce(month, work);
        }
        catch (Exception error) when (IsDamage(error, month))
        {
            _files.PutAside(month);
            _health.Forget(month);
            _health.TellSetAside(month);
            return WriteOnce(month, work);
        }
    }

    /// <summary>A row that a damaged index does not lead to looks like a mistake of ours: then the file is looked through.</summary>
    private bool IsDamage(Exception error, Month month) =>
        error is DatabaseDamagedException || (error is EngineException && _files.Inspect(month, CancellationToken.None) is not null);

    private T WriteOnce<T>(Month month, Func<MonthWriter, T> work)
    {
        bool done = false;
        try
        {
            MonthWriter writer = _writers.Get(month);
            _files.Add(month);
            T result = work(writer);
            done = true;
            return result;
        }
        finally
        {
            // What it remembers of the series may not be true any more, and its transaction is half done.
            if (!done)
                _writers.Remove(month);
        }
    }

    /// <summary>A damaged one is begun anew: the months know what they have.</summary>
    private DatabaseConnection Catalog()
    {
        try
        {
            return _catalog ??= OpenCatalog();
        }
        catch (DatabaseDamagedException)
        {
            foreach (string ending in new[] { "", "-wal", "-shm" })
                File.Delete(_catalogPath + ending);
            return _catalog = OpenCatalog();
        }
    }

    private DatabaseConnection OpenCatalog()
    {
        DatabaseConnection catalog = DatabaseConnection.OpenWriter(_catalogPath, CatalogTuning);
        try
        {
            // Losing the newest positions costs looking at some batches again, not readings: no flush is needed.
            catalog.Execute("PRAGMA synchronous = NORMAL");
            catalog.Execute("CREATE TABLE IF NOT EXISTS applied (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL)");
            catalog.Execute("CREATE TABLE IF NOT EXISTS retention_mark (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL)");
            // It is so small that all of it is looked through.
            if (catalog.Prepare("PRAGMA integrity_check(1)").ReadText() != "ok")
                throw new DatabaseDamagedException("The catalogue of telemetry is damaged.");
        }
        catch
        {
            catalog.Dispose();
            throw;
        }
        return catalog;
    }

    private long LoadPosition()
    {
        Statement select = Catalog().Prepare("SELECT coalesce(max(position), 0) FROM applied");
        select.Step();
        long position = select.Int64(0);
        select.Reset();
        return position;
    }

    private void SavePosition(long position)
    {
        try
        {
            Catalog()
                .Prepare("INSERT INTO applied (id, position) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET position = excluded.position")
                .Bind(position)
                .Run();
            _position = position;
        }
        catch
        {
            _catalog?.Dispose();
            _catalog = null;
            throw;
        }
    }
}
