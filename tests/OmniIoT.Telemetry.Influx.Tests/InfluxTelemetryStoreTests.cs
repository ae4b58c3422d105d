using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Telemetry;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Telemetry;

namespace OmniIoT.Telemetry.Influx.Tests;

/// <summary>Lanes, several processes at once, retention, and what InfluxDB cannot hold.</summary>
public sealed class InfluxTelemetryStoreTests(SharedInflux influx) : InfluxBench(influx)
{
    [Fact]
    public async Task A_month_goes_whole_and_can_be_written_to_again()
    {
        InfluxTelemetryStore store = Open(),
            other = Open("other");
        Instant later = Start + Options.Retention!.Value + TimeSpan.FromDays(40);
        await store.ApplyAsync(1, Start, [Series(At(0), At(1_200))], Cancel);

        Assert.Equal(2, await store.ExpireAsync(later, Cancel));

        Assert.Empty(await store.MetricsAsync("d1", Cancel));
        await other.ApplyAsync(1, Start, [Series(At(5))], Cancel);
        await store.ApplyAsync(2, Start, [Series(At(7))], Cancel);
        Assert.Equal([At(5), At(7)], await RawOf(store));
        Assert.Equal(1, await store.ExpireAsync(later, Cancel));
        Assert.Equal(2, await store.PositionAsync(Cancel));
    }

    [Fact]
    public async Task Lanes_have_positions_of_their_own()
    {
        InfluxTelemetryStore a = Open("a"),
            b = Open("b");

        await a.ApplyAsync(7, Start, [Series(At(0))], Cancel);
        await b.ApplyAsync(3, Start, [Series(At(1))], Cancel);
        await b.ApplyAsync(3, Start, [Series(At(2))], Cancel);

        Assert.Equal(7, await b.PositionAsync("a", Cancel));
        Assert.Equal(3, await b.PositionAsync(Cancel));
        Assert.Equal([At(0), At(1)], await RawOf(a));
    }

    [Fact]
    public async Task What_a_process_left_is_applied_once_by_its_heir_in_its_lane()
    {
        InfluxTelemetryStore gone = Open("gone"),
            heir = Open("heir");
        await gone.ApplyAsync(5, Start, [Series(At(0))], Cancel);

        await heir.ApplyAsync("gone", 5, Start, [Series(At(0), At(1))], Cancel);
        await heir.ApplyAsync("gone", 6, Start, [Series(At(2))], Cancel);

        Assert.Equal([At(0), At(2)], await RawOf(heir));
        Assert.Equal(6, await heir.PositionAsync("gone", Cancel));
        Assert.Equal(0, await heir.PositionAsync(Cancel));
    }

    [Fact]
    public async Task Positions_rise_whatever_the_clock_does()
    {
        InfluxTelemetryStore store = Open();
        await store.ApplyAsync(1, Start, [Series(At(0))], Cancel);
        await store.ApplyAsync(2, Start - TimeSpan.FromDays(3), [Series(At(1))], Cancel);

        Assert.Equal(2, await store.PositionAsync(Cancel));
    }

    [Fact]
    public async Task Processes_that_write_the_same_series_and_moments_at_once_lose_nothing()
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
                            InfluxTelemetryStore store = Open($"w{writer}");
                            Random random = new(writer);
                            for (int batch = 1; batch <= batches; batch++)
                            {
                                // Each writer has numbers of its own within the same seconds, over the end of the month, now on, now back.
                                Reading[] readings = [.. Enumerable.Range(0, perBatch).Select(_ => At(random.Next(1_000), seq: writer))];
                                lock (oracle)
                                    oracle.Write(readings);
                                await store.ApplyAsync(
                                    batch,
                                    Start,
                                    [Series(readings), new SeriesReadings($"d{2 + random.Next(5)}", "door", readings)],
                                    Cancel
                                );
                            }
                        },
                        Cancel
                    )
                )
        );

        InfluxTelemetryStore reader = Open("reader");
        Assert.Equal(oracle.Raw(), await RawOf(reader));
        TelemetryBuckets minutes = await reader.BucketsAsync("d1", "temperature", null, null, 25, Cancel);
        Assert.Equal(
            oracle.Buckets(null, null, 60_000).Select(bucket => (bucket.At, bucket.Min, bucket.Max, bucket.Count)),
            minutes.Select(bucket => (bucket.At, bucket.Min, bucket.Max, bucket.Count))
        );
    }

    public static TheoryData<long, long> Counters { get; } =
        new()
        {
            { 0, 1 },
            { -1_500, 1 },
            { 5, 1_000 },
            { ArrivalNumber.Of(0), 1 },
            { long.MaxValue - 3_000, 1 },
        };

    [Theory]
    [MemberData(nameof(Counters))]
    public async Task Readings_of_one_millisecond_are_kept_apart_by_their_numbers(long first, long step)
    {
        Reading[] readings = [.. Enumerable.Range(0, 3_000).Select(i => new Reading(Start, first + (i * step), MetricValue.FromNumber(i)))];
        InfluxTelemetryStore store = Open();
        await store.ApplyAsync(1, Start, [Series([new Reading(Start, null, MetricValue.FromBoolean(true)), .. readings])], Cancel);

        List<Reading> read = [];
        string? cursor = null;
        do
        {
            Page<Reading> page = await store.RawAsync("d1", "temperature", null, null, cursor, 999, Cancel);
            read.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);

        Assert.Equal([new Reading(Start, null, MetricValue.FromBoolean(true)), .. readings], read);
    }

    [Fact]
    public async Task A_page_larger_than_one_answer_is_whole()
    {
        Reading[] readings = [.. Enumerable.Range(0, 25_000).Select(i => At(i / 2, seq: i))];
        InfluxTelemetryStore store = Open();
        await store.ApplyAsync(1, Start, [Series(readings)], Cancel);

        Assert.Equal(readings, await RawOf(store));
    }

    [Fact]
    public async Task Thousands_of_series_are_one_call_and_come_back_whole()
    {
        const int devices = 2_000;
        InfluxTelemetryStore store = Open();

        for (int batch = 1; batch <= 10; batch++)
        {
            await store.ApplyAsync(
                batch,
                Start,
                [.. Enumerable.Range(0, devices).Select(i => new SeriesReadings($"d{i}", "temperature", [At(batch)]))],
                Cancel
            );
        }

        foreach (int device in new[] { 0, 999, devices - 1 })
            Assert.Equal(Enumerable.Range(1, 10).Select(batch => At(batch)), await RawOf(store, $"d{device}"));
    }

    [Fact]
    public async Task What_is_not_finite_comes_back_and_does_not_count()
    {
        Reading[] readings =
        [
            new(Start, 1, MetricValue.FromNumber(double.NaN)),
            new(Start, 2, MetricValue.FromNumber(double.PositiveInfinity)),
            new(Start, 3, MetricValue.FromNumber(double.NegativeInfinity)),
            new(Start, 4, MetricValue.FromNumber(-0.0)),
            new(Start, 5, default),
            new(Start, 6, MetricValue.FromNumber(double.MaxValue)),
            new(Start, 7, MetricValue.FromNumber(double.MinValue)),
        ];
        InfluxTelemetryStore store = Open();
        await store.ApplyAsync(1, Start, [Series(readings)], Cancel);

        Assert.Equal(readings, await RawOf(store));
        Assert.Equal(3, Assert.Single(await store.BucketsAsync("d1", "temperature", null, null, 1, Cancel)).Count);
    }

    [Theory]
    [InlineData(-9_223_372_036_854, 9_223_372_036_853)]
    [InlineData(-500_000, 500_000)]
    [InlineData(-90_000_000_000, -1)]
    public async Task Buckets_before_and_after_1970_are_those_of_a_simple_count(long first, long last)
    {
        TelemetryOracle oracle = new();
        long[] times = [.. Enumerable.Range(0, 100).Select(i => first + ((last - first) / 100 * i)), last];
        Reading[] readings = [.. times.Select((at, i) => new Reading(new Instant(at), null, MetricValue.FromNumber(i)))];
        oracle.Write(readings);
        InfluxTelemetryStore store = Open();
        await store.ApplyAsync(1, Start, [Series(readings)], Cancel);

        TelemetryBucket all = Assert.Single(await store.BucketsAsync("d1", "temperature", null, null, 1, Cancel));
        TelemetryBuckets many = await store.BucketsAsync("d1", "temperature", null, null, 10_000, Cancel);

        Assert.Equal((0, oracle.Count - 1, oracle.Count), (all.Min, all.Max, all.Count));
        Assert.Equal(oracle.Raw().Select(reading => reading.Value.Number), many.OrderBy(bucket => bucket.Min).Select(bucket => bucket.Max));
        Assert.Equal(oracle.Raw(), await RawOf(store));
    }

    [Fact]
    public async Task What_InfluxDB_cannot_hold_is_left_out_and_holds_nothing_else_up()
    {
        string longName = new('x', 20_000),
            longText = new('x', 5_000_000),
            kept = new('é', 1_000_000);
        InfluxTelemetryStore store = Open();
        await store.ApplyAsync(
            1,
            Start,
            [
                Series(
                    new Reading(Instant.MinValue, null, MetricValue.FromNumber(1)),
                    At(1),
                    new Reading(Instant.MaxValue, null, MetricValue.FromNumber(1))
                ),
                new SeriesReadings("d1", longName, [At(1)]),
                new SeriesReadings(
                    "d1",
                    "text",
                    [new Reading(Start, 1, MetricValue.FromText(longText)), new Reading(Start, 2, MetricValue.FromText(kept))]
                ),
            ],
            Cancel
        );

        Assert.Equal([At(1)], await RawOf(store));
        Assert.Equal([new Reading(Start, 2, MetricValue.FromText(kept))], await RawOf(store, metric: "text"));
        Assert.Equal(["temperature", "text"], await store.MetricsAsync("d1", Cancel));
        Assert.Equal(1, await store.PositionAsync(Cancel));
        // The months of what was left out are none to expire.
        Assert.Equal(1, await store.ExpireAsync(Start + Options.Retention!.Value + TimeSpan.FromDays(40), Cancel));
    }

    [Fact]
    public async Task What_a_bucket_does_not_keep_so_long_is_gone_at_once_and_the_rest_is_written()
    {
        Instant now = Instant.FromTime(TimeProvider.System.GetUtcNow());
        Reading old = new(now - TimeSpan.FromDays(30), null, MetricValue.FromNumber(1)),
            young = new(now, null, MetricValue.FromNumber(2));
        string bucket = await Server.CreateDatabaseAsync("WITH DURATION 2d");
        InfluxTelemetryStore store = Open(Options with { Bucket = bucket, Retention = null });

        await store.ApplyAsync(1, now, [Series(old, young)], Cancel);

        Assert.Equal([young], await RawOf(store));
        Assert.Equal(0, await store.ExpireAsync(now + TimeSpan.FromDays(1_000), Cancel));
        Assert.Equal([young], await RawOf(store));
        await Server.DropDatabaseAsync(bucket);
    }

    [Fact]
    public async Task A_position_is_said_again_so_that_a_bucket_does_not_forget_it()
    {
        InfluxTelemetryStore store = Open();
        await store.ApplyAsync(9, Start, [Series(At(0))], Cancel);

        await store.ExpireAsync(Start + TimeSpan.FromDays(20), Cancel);

        await Server.QueryAsync(
            Options.Bucket,
            $"DELETE FROM telemetry_applied WHERE time < {(Start + TimeSpan.FromDays(2)).UnixMilliseconds}000000"
        );
        Assert.Equal(9, await store.PositionAsync(Cancel));
    }

    [Fact]
    public async Task A_retention_policy_can_be_named_with_the_bucket()
    {
        await Server.QueryAsync("", $"CREATE RETENTION POLICY years ON {Options.Bucket} DURATION INF REPLICATION 1");
        InfluxTelemetryStore named = Open(Options with { Bucket = $"{Options.Bucket}/years" }),
            unnamed = Open();

        await named.ApplyAsync(1, Start, [Series(At(0))], Cancel);

        Assert.Equal([At(0)], await RawOf(named));
        Assert.Empty(await RawOf(unnamed));
    }

    [Fact]
    public async Task A_server_that_refuses_is_storage_that_cannot_be_used_and_says_why()
    {
        InfluxTelemetryStore store = Open(Options with { Bucket = "nowhere" });

        StorageUnavailableException read = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await RawOf(store));
        StorageUnavailableException write = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await store.ApplyAsync(1, Start, [Series(At(0))], Cancel)
        );

        Assert.Contains("database not found", read.Message, StringComparison.Ordinal);
        Assert.Contains("database not found", write.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_storage_that_cannot_be_used()
    {
        InfluxTelemetryStore store = Open(Options with { Url = new Uri($"http://127.0.0.1:{FreePort.Find()}") });

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.PositionAsync(Cancel));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_storage_that_cannot_be_used()
    {
        await using CuttableLink link = new(Options.Url.Port);
        InfluxTelemetryStore store = Open(
            Options with
            {
                Url = new Uri($"http://127.0.0.1:{link.Port}"),
                Timeout = TimeSpan.FromMilliseconds(200),
            }
        );
        link.FallSilent();

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.PositionAsync(Cancel));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await RawOf(store));
    }

    [Fact]
    public void The_port_is_provided()
    {
        ServiceCollection services = new();
        services.AddLogging().AddSingleton(TimeProvider.System).AddInfluxTelemetry(_ => Options);
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.NotNull(provider.GetService<ITelemetryStore>());
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        InfluxTelemetryOptions options = new() { Url = Options.Url, Bucket = "" };

        Assert.Equal((null, "-", TimeSpan.FromDays(400), "main"), (options.Token, options.Org, options.Retention, options.Lane));
        Assert.Equal(TimeSpan.FromSeconds(30), options.Timeout);
    }
}
