using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Influx.Querying;
using OmniIoT.Telemetry.Influx.Writing;

namespace OmniIoT.Telemetry.Influx;

/// <summary>
/// Telemetry on an InfluxDB: a point per reading, written as line protocol and read in InfluxQL; roll-ups are the server's own, made when
/// they are asked for. Safe for concurrent use, also by several processes, each of which applies a lane of its own. Calls fail with
/// <see cref="StorageUnavailableException"/> when the server is away or refuses them; applying again later completes what was begun.
/// </summary>
public sealed class InfluxTelemetryStore : ITelemetryStore, ILaneTelemetry, IDisposable
{
    private readonly InfluxTelemetryOptions _options;
    private readonly HttpClient _http;
    private readonly LineSender _sender;
    private readonly MarkerReader _markers;
    private readonly TelemetryWriter _writer;
    private readonly TelemetryReader _reader;

    /// <summary>Asks nothing of the server yet.</summary>
    public InfluxTelemetryStore(InfluxTelemetryOptions options, TimeProvider time, ILogger<InfluxTelemetryStore> logger)
    {
        _options = options;
        // A redirected write would come back as a read. What a name stands for may change while the process lives.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = options.Timeout,
        };
        _sender = new LineSender(options, _http, time);
        QueryClient client = new(options, _http, time);
        _markers = new MarkerReader(client);
        _writer = new TelemetryWriter(_sender, client, _markers, logger);
        _reader = new TelemetryReader(client);
    }

    /// <inheritdoc/>
    /// <exception cref="StorageUnavailableException">The server is away: maybe some was written, and applying again writes it
    /// all.</exception>
    public ValueTask ApplyAsync(
        long position,
        Instant recordedAt,
        IReadOnlyList<SeriesReadings> readings,
        CancellationToken cancellationToken
    ) => ApplyAsync(_options.Lane, position, recordedAt, readings, cancellationToken);

    /// <summary>Writes what another process staged in its lane, and that is gone.</summary>
    /// <exception cref="StorageUnavailableException">The server is away: maybe some was written, and applying again writes it
    /// all.</exception>
    public ValueTask ApplyAsync(
        string lane,
        long position,
        Instant recordedAt,
        IReadOnlyList<SeriesReadings> readings,
        CancellationToken cancellationToken
    ) => new(_writer.ApplyAsync(lane, position, recordedAt, readings, cancellationToken));

    public ValueTask<long> PositionAsync(CancellationToken cancellationToken) => PositionAsync(_options.Lane, cancellationToken);

    /// <summary>The newest position of a lane that is applied whole; 0 at first.</summary>
    public ValueTask<long> PositionAsync(string lane, CancellationToken cancellationToken) =>
        new(_markers.PositionAsync(lane, cancellationToken));

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

    /// <inheritdoc/>
    /// <exception cref="StorageUnavailableException">The server is away, or an InfluxDB 3, which deletes nothing.</exception>
    public ValueTask DeleteDeviceAsync(string deviceId, CancellationToken cancellationToken) =>
        new(_writer.DeleteDeviceAsync(deviceId, cancellationToken));

    /// <returns>Months that went.</returns>
    public async ValueTask<int> ExpireAsync(Instant now, CancellationToken cancellationToken)
    {
        await _writer.RenewPositionAsync(_options.Lane, now, cancellationToken);
        return _options.Retention is { } retention ? await _writer.ExpireAsync(now - retention, cancellationToken) : 0;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _sender.Dispose();
        _http.Dispose();
    }

    private static long Start(Instant? from) => (from ?? Instant.MinValue).UnixMilliseconds;

    private static long End(Instant? to) => (to ?? Instant.MaxValue).UnixMilliseconds;
}
