using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Telemetry.Sqlite.Tests;

/// <summary>What is particular to files of months.</summary>
public sealed class SqliteTelemetryStoreTests : IDisposable
{
    private const string Device = "d1";
    private const string Metric = "temperature";

    private static readonly Month November = new(2026, 11);

    private readonly string _directory = Directory.CreateTempSubdirectory("omniiot-telemetry-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_batch_over_the_end_of_a_month_goes_into_two_files()
    {
        using SqliteTelemetryStore store = Open();

        await Apply(store, 1, At(November.End - 1, 1), At(November.End, 2));

        Assert.Equal(["telemetry-2026-11.db", "telemetry-2026-12.db"], Files());
    }

    [Fact]
    public async Task A_batch_is_completed_when_only_some_of_its_files_had_it()
    {
        // As after a crash between two files: November has position 2, December and the catalogue only 1.
        using (SqliteTelemetryStore store = Open())
        {
            await Apply(store, 1, At(November.End - 2, 1), At(November.End, 2));
            await Apply(store, 2, At(November.End - 1, 3));
        }
        File.Delete(Path.Combine(_directory, "catalog.db"));

        using SqliteTelemetryStore again = Open();
        Assert.Equal(0, await again.PositionAsync(Cancel));
        await Apply(again, 1, At(November.End - 2, 100), At(November.End, 100));
        await Apply(again, 2, At(November.End - 1, 100), At(November.End + 1, 4));

        Page<Reading> raw = await again.RawAsync(Device, Metric, null, null, null, 100, Cancel);
        Assert.Equal([1d, 3, 2, 4], raw.Items.Select(reading => reading.Value.Number));
        Assert.Equal(2, await again.PositionAsync(Cancel));
    }

    [Fact]
    public async Task Readings_one_at_a_time_are_put_together()
    {
        using SqliteTelemetryStore store = Open();
        for (int i = 0; i < 600; i++)
            await Apply(store, i + 1, At(November.Start + (i * 1_000), i));

        using DatabaseConnection connection = DatabaseConnection.OpenReader(Path.Combine(_directory, November.FileName));

        Assert.InRange(Number(connection, "SELECT count(*) FROM chunks"), 1, 10);
        Assert.Equal(600, Number(connection, "SELECT sum(count) FROM chunks"));
    }

    [Fact]
    public async Task Steady_decimals_take_few_bytes()
    {
        using SqliteTelemetryStore store = Open();
        Random random = new(1);
        Reading[] readings =
        [
            .. Enumerable
                .Range(0, 10_000)
                .Select(i => new Reading(
                    new Instant(November.Start + (i * 1_000)),
                    i,
                    MetricValue.FromNumber(Math.Round(70 + random.NextDouble(), 1))
                )),
        ];
        await Apply(store, 1, readings);

        using DatabaseConnection connection = DatabaseConnection.OpenReader(Path.Combine(_directory, November.FileName));

        Assert.InRange(Number(connection, "SELECT sum(length(data)) FROM chunks"), 10_000, 35_000);
    }

    [Fact]
    public async Task More_months_than_are_kept_open_can_be_written_and_read()
    {
        using SqliteTelemetryStore store = SqliteTelemetryStore.Open(
            new SqliteTelemetryOptions { Directory = _directory, OpenMonths = 2 },
            TimeProvider.System
        );
        long[] times = [.. Enumerable.Range(0, 10).Select(i => new Month(2026, 1 + i).Start)];
        await Apply(store, 1, [.. times.Select(at => At(at, 1))]);
        await Apply(store, 2, [.. times.Select(at => At(at + 1, 2))]);

        TelemetryBuckets buckets = await store.BucketsAsync(Device, Metric, null, null, 100, Cancel);

        Assert.Equal(20, buckets.Sum(bucket => bucket.Count));
    }

    [Fact]
    public async Task Files_that_expire_are_counted_and_gone()
    {
        using SqliteTelemetryStore store = Open();
        Instant now = new(November.Start);
        Instant longAgo = now - TimeSpan.FromDays(500);
        await Apply(store, 1, longAgo, new Reading(longAgo, null, MetricValue.FromNumber(1)));
        await Apply(store, 2, now, At(November.Start, 1));

        Assert.Equal(1, await store.ExpireAsync(now, Cancel));

        Assert.Equal([November.FileName], Files());
        Assert.Single((await store.RawAsync(Device, Metric, null, null, null, 100, Cancel)).Items);
    }

    [Fact]
    public async Task A_clock_that_is_years_ahead_deletes_nothing_at_one_look_and_is_followed_by_a_day_at_each()
    {
        Instant now = new(November.Start);
        Instant ahead = now + TimeSpan.FromDays(1_200);
        using (SqliteTelemetryStore store = Open())
        {
            await Apply(store, 1, now, At(November.Start, 1));
            Assert.Equal(0, await store.ExpireAsync(now, Cancel));
            Assert.Equal(0, await store.ExpireAsync(ahead, Cancel));
        }
        using SqliteTelemetryStore again = Open();
        await Apply(again, 2, ahead, At(ahead.UnixMilliseconds, 1));
        // The month ends 30 days after its start; one of 400 days is over already.
        for (int look = 2; look <= 400 + 30 - 1; look++)
            Assert.Equal(0, await again.ExpireAsync(ahead, Cancel));
        Assert.Equal(1, await again.ExpireAsync(ahead, Cancel));
    }

    [Fact]
    public async Task Queries_go_on_while_batches_are_written()
    {
        using SqliteTelemetryStore store = Open();
        await Apply(store, 1, At(November.Start, 1));
        Task writing = Task.Run(
            async () =>
            {
                // Each batch adds two readings, the first of them late.
                for (int i = 1; i < 300; i++)
                    await Apply(store, i + 1, At(November.Start - 60_000 - i, 1), At(November.Start + (i * 1_000), 1));
            },
            Cancel
        );

        while (!writing.IsCompleted)
        {
            TelemetryBuckets buckets = await store.BucketsAsync(Device, Metric, new Instant(November.Start), null, 50, Cancel);
            Assert.InRange(buckets.Sum(bucket => bucket.Count), 1, 300);
        }

        await writing;
        Assert.Equal(599, (await store.BucketsAsync(Device, Metric, null, null, 50, Cancel)).Sum(bucket => bucket.Count));
    }

    [Fact]
    public async Task A_full_disk_refuses_the_batch_and_applying_it_again_completes_it()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(mebibytes: 8);
        using SqliteTelemetryStore store = SqliteTelemetryStore.Open(
            new SqliteTelemetryOptions { Directory = disk.Path },
            TimeProvider.System
        );
        Random random = new(1);
        Reading[] readings = [.. Enumerable.Range(0, 100_000).Select(i => At(November.Start + (i * 100), random.NextDouble()))];
        await Apply(store, 1, At(November.Start - 1, 7));
        disk.Fill();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Apply(store, 2, readings));
        Assert.Equal(1, await store.PositionAsync(Cancel));

        disk.Free();
        await Apply(store, 2, readings);
        Assert.Equal(2, await store.PositionAsync(Cancel));
        Assert.Equal(readings, (await store.RawAsync(Device, Metric, new Instant(November.Start), null, null, 200_000, Cancel)).Items);
    }

    [Fact]
    public async Task A_newer_file_is_refused()
    {
        using (SqliteTelemetryStore store = Open())
            await Apply(store, 1, At(November.Start, 1));
        using (
            DatabaseConnection connection = DatabaseConnection.OpenWriter(
                Path.Combine(_directory, November.FileName),
                new WriterOptions(4096, 1024, 1000, 1 << 20)
            )
        )
            connection.Execute("INSERT INTO schema_version (version, applied_at) VALUES (999, 0)");

        using SqliteTelemetryStore again = Open();

        await Assert.ThrowsAsync<TelemetryFileTooNewException>(() => Apply(again, 2, At(November.Start, 2)));
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        SqliteTelemetryOptions options = new() { Directory = "x" };

        Assert.Equal((TimeSpan.FromDays(400), 16), (options.Retention, options.OpenMonths));
    }

    private static Reading At(long milliseconds, double number) => new(new Instant(milliseconds), null, MetricValue.FromNumber(number));

    private static Task Apply(SqliteTelemetryStore store, long position, params Reading[] readings) =>
        Apply(store, position, new Instant(November.Start), readings);

    private static async Task Apply(SqliteTelemetryStore store, long position, Instant recordedAt, params Reading[] readings) =>
        await store.ApplyAsync(position, recordedAt, [new SeriesReadings(Device, Metric, readings)], Cancel);

    private static long Number(DatabaseConnection connection, string sql)
    {
        Statement select = connection.Prepare(sql);
        Assert.True(select.Step());
        long number = select.Int64(0);
        select.Reset();
        return number;
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_directory, MonthFileNames.Pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private SqliteTelemetryStore Open() =>
        SqliteTelemetryStore.Open(new SqliteTelemetryOptions { Directory = _directory }, TimeProvider.System);
}
