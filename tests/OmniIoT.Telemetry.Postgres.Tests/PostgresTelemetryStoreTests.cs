using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Telemetry;

namespace OmniIoT.Telemetry.Postgres.Tests;

/// <summary>Months, lanes, and several processes at once.</summary>
public sealed class PostgresTelemetryStoreTests : IDisposable
{
    /// <summary>2026-11-30T23:50:00Z: ten minutes before the end of a month.</summary>
    private static readonly Instant Start = new(1_796_082_600_000);

    private readonly PostgresServer _server;
    private readonly PostgresTelemetryOptions _options;
    private readonly List<PostgresTelemetryStore> _stores = [];

    public PostgresTelemetryStoreTests(SharedPostgres postgres)
    {
        _server = postgres.Server;
        _options = new PostgresTelemetryOptions { ConnectionString = _server.CreateDatabase() };
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (PostgresTelemetryStore store in _stores)
            store.Dispose();
        _server.DropDatabase(_options.ConnectionString);
    }

    [Fact]
    public async Task A_month_goes_with_its_partitions_and_can_be_written_to_again()
    {
        PostgresTelemetryStore store = Open(),
            other = Open("other");
        await store.ApplyAsync(1, Start, [Series(At(0), At(1_200))], Cancel);
        Assert.Equal(6, Number("SELECT count(*) FROM pg_class WHERE relispartition AND relkind = 'r'"));

        Assert.Equal(2, await store.ExpireAsync(Start + _options.Retention + TimeSpan.FromDays(40), Cancel));

        Assert.Equal(0, Number("SELECT count(*) FROM pg_class WHERE relispartition AND relkind = 'r'"));
        Assert.Empty(await store.MetricsAsync("d1", Cancel));
        await other.ApplyAsync(1, Start, [Series(At(5))], Cancel);
        await store.ApplyAsync(2, Start, [Series(At(7))], Cancel);
        Assert.Equal([At(5), At(7)], (await store.RawAsync("d1", "temperature", null, null, null, 10, Cancel)).Items);
        Assert.Equal(1, await store.ExpireAsync(Start + _options.Retention + TimeSpan.FromDays(40), Cancel));
    }

    [Fact]
    public async Task Lanes_have_positions_of_their_own()
    {
        PostgresTelemetryStore a = Open("a"),
            b = Open("b");

        await a.ApplyAsync(7, Start, [Series(At(0))], Cancel);
        await b.ApplyAsync(3, Start, [Series(At(1))], Cancel);
        await b.ApplyAsync(3, Start, [Series(At(2))], Cancel);

        Assert.Equal(7, await b.PositionAsync("a", Cancel));
        Assert.Equal(3, await b.PositionAsync(Cancel));
        Assert.Equal([At(0), At(1)], (await a.RawAsync("d1", "temperature", null, null, null, 10, Cancel)).Items);
    }

    [Fact]
    public async Task What_a_process_left_is_applied_once_by_its_heir_in_its_lane()
    {
        PostgresTelemetryStore gone = Open("gone"),
            heir = Open("heir");
        await gone.ApplyAsync(5, Start, [Series(At(0))], Cancel);

        await heir.ApplyAsync("gone", 5, Start, [Series(At(0), At(1))], Cancel);
        await heir.ApplyAsync("gone", 6, Start, [Series(At(2))], Cancel);

        Assert.Equal([At(0), At(2)], (await heir.RawAsync("d1", "temperature", null, null, null, 10, Cancel)).Items);
        Assert.Equal(6, await heir.PositionAsync("gone", Cancel));
        Assert.Equal(0, await heir.PositionAsync(Cancel));
    }

    [Fact]
    public async Task Processes_that_write_the_same_series_at_once_lose_nothing()
    {
        const int writers = 3,
            batches = 40,
            perBatch = 25;
        TelemetryOracle oracle = new();

        await Task.WhenAll(
            Enumerable
                .Range(0, writers)
                .Select(writer =>
                    Task.Run(
                        async () =>
                        {
                            PostgresTelemetryStore store = Open($"w{writer}");
                            Random random = new(writer);
                            for (int batch = 1; batch <= batches; batch++)
                            {
                                // Each writer has seconds of its own, over the end of the month, now on, now back.
                                Reading[] readings =
                                [
                                    .. Enumerable.Range(0, perBatch).Select(_ => At((random.Next(400) * writers) + writer)),
                                ];
                                lock (oracle)
                                    oracle.Write(readings);
                                await store.ApplyAsync(
                                    batch,
                                    Start,
                                    [Series(readings), new SeriesReadings($"d{1 + random.Next(5)}", "door", readings)],
                                    Cancel
                                );
                            }
                        },
                        Cancel
                    )
                )
        );

        PostgresTelemetryStore reader = Open("reader");
        Assert.Equal(oracle.Raw(), (await reader.RawAsync("d1", "temperature", null, null, null, 100_000, Cancel)).Items);
        TelemetryBuckets minutes = await reader.BucketsAsync("d1", "temperature", null, null, 25, Cancel);
        Assert.Equal(
            oracle.Buckets(null, null, 60_000).Select(bucket => (bucket.At, bucket.Min, bucket.Max, bucket.Count)),
            minutes.Select(bucket => (bucket.At, bucket.Min, bucket.Max, bucket.Count))
        );
    }

    [Fact]
    public async Task Thousands_of_series_are_one_batch_and_come_back_whole()
    {
        const int devices = 2_000;
        PostgresTelemetryStore store = Open();

        for (int batch = 1; batch <= 10; batch++)
        {
            await store.ApplyAsync(
                batch,
                Start,
                [.. Enumerable.Range(0, devices).Select(i => new SeriesReadings($"d{i}", "temperature", [At(batch)]))],
                Cancel
            );
        }

        // The newest small chunks were put together meanwhile.
        Assert.InRange(Number("SELECT count(*) FROM telemetry_chunks"), devices, 4 * devices);
        foreach (int device in new[] { 0, 999, devices - 1 })
            Assert.Equal(10, (await store.RawAsync($"d{device}", "temperature", null, null, null, 100, Cancel)).Items.Count);
    }

    [Fact]
    public void A_newer_database_is_refused()
    {
        Open();
        Execute("INSERT INTO schema_versions (room, version, applied_at) VALUES ('telemetry', 999, 0)");

        Assert.Contains("999", Assert.Throws<DatabaseTooNewException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_away_is_storage_that_cannot_be_used()
    {
        string nobody = $"Host=127.0.0.1;Port={FreePort.Find()};Username=omniiot;Database=omniiot";

        Assert.Throws<StorageUnavailableException>(() =>
            PostgresTelemetryStore.Open(_options with { ConnectionString = nobody }, TimeProvider.System)
        );
    }

    [Fact]
    public void The_port_is_provided()
    {
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddPostgresTelemetry(_ => _options);
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.NotNull(provider.GetService<ITelemetryStore>());
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        PostgresTelemetryOptions options = new() { ConnectionString = "" };

        Assert.Equal((10, TimeSpan.FromDays(400), "main"), (options.MaxConnections, options.Retention, options.Lane));
    }

    private PostgresTelemetryStore Open(string lane = "main")
    {
        PostgresTelemetryStore store = PostgresTelemetryStore.Open(_options with { Lane = lane }, TimeProvider.System);
        lock (_stores)
            _stores.Add(store);
        return store;
    }

    private static SeriesReadings Series(params Reading[] readings) => new("d1", "temperature", readings);

    private static Reading At(double seconds) => new(Start + TimeSpan.FromSeconds(seconds), null, MetricValue.FromNumber(seconds));

    private void Execute(string sql)
    {
        using NpgsqlConnection connection = new(_options.ConnectionString + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using NpgsqlConnection connection = new(_options.ConnectionString + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        return (long)command.ExecuteScalar()!;
    }
}
