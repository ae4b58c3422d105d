using OmniIoT.Devices.Time;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.Telemetry.Postgres.Querying;
using OmniIoT.Telemetry.Postgres.Writing;

namespace OmniIoT.Telemetry.Postgres;

/// <summary>
/// The clustered telemetry store: packed raw readings and roll-ups of minutes and hours in one PostgreSQL database, a partition per UTC
/// month of device time. Safe for concurrent use, also by several processes, each of which applies a lane of its own. Calls fail with
/// <see cref="StorageUnavailableException"/> when the database is away; applying again later completes what was begun.
/// </summary>
public sealed class PostgresTelemetryStore : ITelemetryStore, ILaneTelemetry, IDisposable
{
    /// <summary>Whose versions the migrations are.</summary>
    internal const string Schema = "telemetry";

    private readonly PostgresTelemetryOptions _options;
    private readonly Database _database;
    private readonly MonthPartitions _months;
    private readonly TelemetryWriter _writer;
    private readonly TelemetryReader _reader;

    private PostgresTelemetryStore(PostgresTelemetryOptions options)
    {
        _options = options;
        _database = new Database(options.ConnectionString, options.MaxConnections, "OmniIoT telemetry");
        _months = new MonthPartitions(_database);
        _writer = new TelemetryWriter(_database, _months);
        _reader = new TelemetryReader(_database);
    }

    /// <summary>Opens the store, creating its tables or bringing them to the newest version.</summary>
    /// <exception cref="DatabaseTooNewException">A newer version of the program wrote the database.</exception>
    /// <exception cref="StorageUnavailableException">The database is away, or refuses us.</exception>
    public static PostgresTelemetryStore Open(PostgresTelemetryOptions options, TimeProvider time)
    {
        PostgresTelemetryStore store = new(options);
        try
        {
            Migrator.Upgrade(store._database, Schema, Migration.Embedded(typeof(PostgresTelemetryStore).Assembly), time);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StorageUnavailableException">The database is away: nothing was written.</exception>
    public ValueTask ApplyAsync(
        long position,
        Instant recordedAt,
        IReadOnlyList<SeriesReadings> readings,
        CancellationToken cancellationToken
    ) => ApplyAsync(_options.Lane, position, recordedAt, readings, cancellationToken);

    /// <summary>Writes what another process staged in its lane, and that is gone.</summary>
    /// <exception cref="StorageUnavailableException">The database is away: nothing was written.</exception>
    public ValueTask ApplyAsync(
        string lane,
        long position,
        Instant recordedAt,
        IReadOnlyList<SeriesReadings> readings,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        _writer.Apply(lane, position, recordedAt, readings);
        return default;
    }

    public ValueTask<long> PositionAsync(CancellationToken cancellationToken) => PositionAsync(_options.Lane, cancellationToken);

    /// <summary>The newest position of a lane that is applied whole; 0 at first.</summary>
    public ValueTask<long> PositionAsync(string lane, CancellationToken cancellationToken) =>
        _reader.PositionAsync(lane, cancellationToken);

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
        return _reader.BucketsAsync(deviceId, metric, Start(from), End(to), points, cancellationToken);
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
        return _reader.RawAsync(deviceId, metric, Start(from), End(to), cursor, limit, cancellationToken);
    }

    /// <summary>In order of their names.</summary>
    public ValueTask<IReadOnlyList<string>> MetricsAsync(string deviceId, CancellationToken cancellationToken) =>
        _reader.MetricsAsync(deviceId, cancellationToken);

    public ValueTask DeleteDeviceAsync(string deviceId, CancellationToken cancellationToken)
    {
        _writer.DeleteDevice(deviceId);
        return default;
    }

    /// <returns>Months that went.</returns>
    public ValueTask<int> ExpireAsync(Instant now, CancellationToken cancellationToken) => new(_months.Expire(now - _options.Retention));

    public void Dispose() => _database.Dispose();

    private static long Start(Instant? from) => (from ?? Instant.MinValue).UnixMilliseconds;

    private static long End(Instant? to) => (to ?? Instant.MaxValue).UnixMilliseconds;
}
