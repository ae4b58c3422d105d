using OmniIoT.Devices.Time;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Damage;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Damage;
using OmniIoT.Telemetry.Sqlite.Partitions;
using OmniIoT.Telemetry.Sqlite.Querying;
using OmniIoT.Telemetry.Sqlite.Writing;

namespace OmniIoT.Telemetry.Sqlite;

/// <summary>
/// The embedded telemetry store: one SQLite file per UTC month of device time, with packed raw readings and roll-ups of minutes
/// and hours. Safe for concurrent use; writes wait for each other, queries for nobody. Calls run on the caller's thread. What is stored
/// damaged is left out of answers, which say that they are incomplete.
/// </summary>
public sealed class SqliteTelemetryStore : ITelemetryStore, IDisposable
{
    private readonly SqliteTelemetryOptions _options;
    private readonly MonthFiles _files;
    private readonly MonthHealth _health;
    private readonly MonthReader _reader;
    private readonly TelemetryWriter _writer;

    private SqliteTelemetryStore(SqliteTelemetryOptions options, TimeProvider time, KnownDamage? damage)
    {
        _options = options;
        _files = new MonthFiles(options.Directory, options.OpenMonths, time);
        _health = new MonthHealth(_files, damage);
        _reader = new MonthReader(_files, _health);
        _writer = new TelemetryWriter(options.Directory, _files, _health, options.OpenMonths, time);
    }

    /// <param name="damage">Null: what is found damaged is left out and told to nobody else.</param>
    /// <exception cref="StorageUnavailableException">The directory cannot be created or written to.</exception>
    public static SqliteTelemetryStore Open(SqliteTelemetryOptions options, TimeProvider time, KnownDamage? damage = null)
    {
        try
        {
            OwnerOnly.CreateDirectory(options.Directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"The telemetry directory {options.Directory} cannot be created: {error.Message}", error);
        }
        return new SqliteTelemetryStore(options, time, damage);
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

    public ValueTask<TelemetryBuckets> BucketsAsync(
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
        (List<SeriesMonth> months, List<Month> lost) = Find(deviceId, metric, start, end);
        if (months.Count == 0)
            return new(lost.Count == 0 ? TelemetryBuckets.None : new TelemetryBuckets([]) { IsIncomplete = true });
        // The range is narrowed to where there are readings, so that a chart of everything is as fine as it can be.
        BucketList buckets = new(BucketWidths.For(Math.Max(start, months[0].First), Math.Min(end, months[^1].Last), points));
        foreach (SeriesMonth month in months)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_reader.TryRead(month.Month, connection => Collect(connection, month, start, end, buckets), out bool isWhole))
                TellUnless(isWhole, month.Month);
            else
                lost.Add(month.Month);
        }
        foreach (Month month in lost)
            buckets.Miss(month.Start, month.End - 1);
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
        RawPage page = new(deviceId, metric, window);
        bool isIncomplete = _files.SetAside.Any(month => month.SharesTime(start, end));
        foreach (Month month in _files.Within(start, end))
        {
            cancellationToken.ThrowIfCancellationRequested();
            isIncomplete |= _health.MayLackRows(month) | !_reader.TryRead(month, page.Collect, out bool isWhole) | !isWhole;
            TellUnless(isWhole, month);
            if (page.HasMore)
                break;
        }
        return new(page.ToPage(isIncomplete));
    }

    /// <summary>In order of their names.</summary>
    public ValueTask<IReadOnlyList<string>> MetricsAsync(string deviceId, CancellationToken cancellationToken)
    {
        SortedSet<string> metrics = new(StringComparer.Ordinal);
        foreach (Month month in _files.All)
        {
            _ = _health.MayLackRows(month);
            if (_reader.TryRead<List<string>>(month, connection => StoredSeries.MetricsOf(connection, deviceId), out List<string>? names))
                metrics.UnionWith(names);
        }
        return new([.. metrics]);
    }

    public ValueTask DeleteDeviceAsync(string deviceId, CancellationToken cancellationToken)
    {
        _writer.DeleteDevice(deviceId);
        return default;
    }

    public ValueTask<int> ExpireAsync(Instant now, CancellationToken cancellationToken) => new(_writer.Expire(now, _options.Retention));

    public void Dispose()
    {
        _health.Dispose();
        _files.Dispose();
        _writer.Dispose();
    }

    private static (long Start, long End) Range(Instant? from, Instant? to) =>
        ((from ?? Instant.MinValue).UnixMilliseconds, (to ?? Instant.MaxValue).UnixMilliseconds);

    /// <summary>Where the months of a range have a series, and which of them cannot say so, or not surely; both oldest first.</summary>
    private (List<SeriesMonth> Months, List<Month> Lost) Find(string deviceId, string metric, long start, long end)
    {
        List<SeriesMonth> months = [];
        List<Month> lost = [.. _files.SetAside.Where(month => month.SharesTime(start, end))];
        foreach (Month month in _files.Within(start, end))
        {
            if (
                _health.MayLackRows(month)
                || !_reader.TryRead(month, connection => SeriesMonth.Find(connection, month, deviceId, metric), out SeriesMonth? found)
            )
                lost.Add(month);
            else if (found is not null && found.First <= end && found.Last >= start)
                months.Add(found);
        }
        return (months, lost);
    }

    /// <summary>Looks the series up again: late readings may have come since its extent was read.</summary>
    /// <returns>Whether nothing was damaged.</returns>
    private static bool Collect(DatabaseConnection connection, SeriesMonth month, long start, long end, BucketList buckets) =>
        SeriesMonth.Find(connection, month.Month, month.DeviceId, month.Metric)?.Collect(connection, start, end, buckets) ?? true;

    private void TellUnless(bool isWhole, Month month)
    {
        if (!isWhole)
            _health.TellRows(month);
    }
}
