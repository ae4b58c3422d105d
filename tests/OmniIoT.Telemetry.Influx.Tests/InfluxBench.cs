using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit.Telemetry;

namespace OmniIoT.Telemetry.Influx.Tests;

/// <summary>A database of its own, and stores on it.</summary>
public abstract class InfluxBench(SharedInflux influx) : IAsyncLifetime
{
    private readonly List<InfluxTelemetryStore> _stores = [];

    /// <summary>2026-11-30T23:50:00Z: ten minutes before the end of a month.</summary>
    protected static Instant Start { get; } = new(1_796_082_600_000);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected InfluxServer Server { get; } = influx.Server;

    protected InfluxTelemetryOptions Options { get; private set; } = new() { Url = influx.Gate.Url, Bucket = "" };

    public async ValueTask InitializeAsync() => Options = Options with { Bucket = await Server.CreateDatabaseAsync() };

    public virtual async ValueTask DisposeAsync()
    {
        foreach (InfluxTelemetryStore store in _stores)
            store.Dispose();
        await Server.DropDatabaseAsync(Options.Bucket);
        GC.SuppressFinalize(this);
    }

    protected InfluxTelemetryStore Open(InfluxTelemetryOptions? options = null)
    {
        InfluxTelemetryStore store = new(options ?? Options, TimeProvider.System, NullLogger<InfluxTelemetryStore>.Instance);
        lock (_stores)
            _stores.Add(store);
        return store;
    }

    protected InfluxTelemetryStore Open(string lane) => Open(Options with { Lane = lane });

    protected static SeriesReadings Series(params Reading[] readings) => new("d1", "temperature", readings);

    protected static Reading At(double seconds, long? seq = null) =>
        new(Start + TimeSpan.FromSeconds(seconds), seq, MetricValue.FromNumber(seconds));

    protected static async Task<IReadOnlyList<Reading>> RawOf(
        InfluxTelemetryStore store,
        string deviceId = "d1",
        string metric = "temperature"
    ) => (await store.RawAsync(deviceId, metric, null, null, null, 1_000_000, Cancel)).Items;
}
