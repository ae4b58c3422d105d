using OmniIoT.Devices.Time;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;
using OmniIoT.Telemetry.Sqlite.Querying;
using OmniIoT.Telemetry.Sqlite.Writing;

namespace OmniIoT.Telemetry.Sqlite;

/// <summary>
/// The embedded telemetry store: one SQLite file per UTC month of device time, with packed raw readings and roll-ups of minutes
/// and hours. Safe for concurrent use; writes wait for each other, queries for nobody. Calls run on the caller's thread.
/// </summary>
public sealed class SqliteTelemetryStore : ITelemetryStore, IDisposable
{
    private readonly SqliteTelemetryOptions _options;
    private readonly MonthFiles _files;
    private readonly TelemetryWriter _writer;

    private SqliteTelemetryStore(SqliteTelemetryOptions options, TimeProvider time)
    {
        _options = options;
        _files = new MonthFiles(options.Directory, options.OpenMonths);
        _writer = new TelemetryWriter(options.Directory, _files, options.OpenMonths, time);
    }

    /// <exception cref="StorageUnavailableException">The directory cannot be created or written to.</exception>
    public static SqliteTelemetryStore Open(SqliteTelemetryOptions options, TimeProvider time)
    {
        try
        {
            OwnerOnly.CreateDirectory(options.Directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"The telemetry directory {options.Directory} cannot be created: {error.Message}", error);
        }
        return new SqliteTelemetryStore(options, time);
    }

    /// <inheritdoc/>
    /// <exception cref="StorageUnavailableException">Storage cannot write now; applying again later completes what was begun.</exception>
    public ValueTask ApplyAsync(
        long position,
        Instant recordedAt,
        IReadOnlyList<SeriesReadings> readings,
        CancellationToken cancellationToken
    )
    {
        _writer.Apply(position, recordedAt, readings);
        return default;
    }

    public ValueTask<long> PositionAsync(CancellationToken cancellationToken) => new(_writer.Position);

    public ValueTask<IReadOnlyList<TelemetryBucket>> BucketsAsync(
        string deviceId,
        string metric,
        Instant? from,
        Instant? to,
        int points,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        (long start, long end) = Range(from, to);
        List<SeriesMonth> months =
        [
            .. _files
                .Within(start, end)
                .Select(month => _files.Read(month, connection => SeriesMonth.Find(connection, month, deviceId, metric)))
                .OfType<SeriesMonth>()
                .Where(month => month.First <= end && month.Last >= start),
        ];
        if (months.Count == 0)
            return new([]);
        // The range is narrowed to where there are readings, so that a chart of everything is as fine as it can be.
        BucketList buckets = new(BucketWidths.For(Math.Max(start, months[0].First), Math.Min(end, months[^1].Last), points));
        foreach (SeriesMonth month in months)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _files.Read(month.Month, connection => Collect(connection, month, start, end, buckets));
        }
        return new(buckets.ToList(points));
    }

    public ValueTask<Page<Reading>> RawAsync(
        string deviceId,
        string metric,
        Instant? from,
        Instant? to,
        string? cursor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        (long start, long end) = Range(from, to);
        Reading? after = cursor is null ? null : RawCursor.Parse(cursor);
        if (after is { } last)
            start = Math.Max(start, last.At.UnixMilliseconds);
        RawWindow window = new(start, end, after, limit);
        List<Reading> items = [];
        foreach (Month month in _files.Within(start, end))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool more = _files.Read(month, connection => Collect(connection, deviceId, metric, window, items));
            if (more)
                return new(new Page<Reading>(items, RawCursor.Of(items[^1])));
        }
        return new(new Page<Reading>(items, null));
    }

    /// <summary>In order of their names.</summary>
    public ValueTask<IReadOnlyList<string>> MetricsAsync(string deviceId, CancellationToken cancellationToken)
    {
        SortedSet<string> metrics = new(StringComparer.Ordinal);
        foreach (Month month in _files.All)
        {
            metrics.UnionWith(
                _files.Read(
                    month,
                    connection =>
                    {
                        List<string> names = [];
                        Statement select = connection.Prepare("SELECT metric FROM series WHERE device = $1").Bind(deviceId);
                        while (select.Step())
                            names.Add(select.Text(0));
                        return names;
                    }
                )
            );
        }
        return new([.. metrics]);
    }

    public ValueTask DeleteDeviceAsync(string deviceId, CancellationToken cancellationToken)
    {
        _writer.DeleteDevice(deviceId);
        return default;
    }

    public ValueTask<int> ExpireAsync(Instant now, CancellationToken cancellationToken) => new(_writer.Expire(now - _options.Retention));

    public void Dispose()
    {
        _files.Dispose();
        _writer.Dispose();
    }

    private static (long Start, long End) Range(Instant? from, Instant? to) =>
        ((from ?? Instant.MinValue).UnixMilliseconds, (to ?? Instant.MaxValue).UnixMilliseconds);

    /// <summary>Looks the series up again: late readings may have come since its extent was read.</summary>
    private static bool Collect(DatabaseConnection connection, SeriesMonth month, long start, long end, BucketList buckets)
    {
        SeriesMonth? current = SeriesMonth.Find(connection, month.Month, month.DeviceId, month.Metric);
        current?.Collect(connection, start, end, buckets);
        return current is not null;
    }

    /// <returns>Whether there are more readings than the limit.</returns>
    private static bool Collect(DatabaseConnection connection, string deviceId, string metric, RawWindow window, List<Reading> items)
    {
        if (ChunkReading.FindSeries(connection, deviceId, metric) is not { } series)
            return false;
        bool more = false;
        ChunkReading.Read(
            connection,
            series,
            window.Start,
            window.End,
            reading =>
            {
                if (window.After is { } last && ReadingOrder.Instance.Compare(reading, last) <= 0)
                    return true;
                more = items.Count == window.Limit;
                if (!more)
                    items.Add(reading);
                return !more;
            }
        );
        return more;
    }

    /// <summary>Which readings of a series a page takes.</summary>
    /// <param name="Start">Unix milliseconds, as <paramref name="End"/>; both belong to it.</param>
    /// <param name="After">The last one of the page before; null: it is the first.</param>
    private readonly record struct RawWindow(long Start, long End, Reading? After, int Limit);
}
