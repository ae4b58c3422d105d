using System.Globalization;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Damage;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;
using OmniIoT.TestKit.Logging;
using OmniIoT.TestKit.Telemetry;

namespace OmniIoT.Telemetry.Sqlite.Tests;

/// <summary>Whatever of the files is not what was written is left out of answers and said, never guessed.</summary>
public sealed class DamageTests : IDisposable
{
    private const int PageBytes = 4096;

    private static readonly Month November = new(2026, 11);

    private static readonly string[] Metrics = ["temperature", "state", "load"];

    private static readonly long[] Widths =
    [
        .. new[] { 1, 5, 10, 30, 60, 300, 900, 3_600, 10_800, 21_600, 86_400, 604_800, 2_592_000 }.Select(seconds => seconds * 1_000L),
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("omniiot-telemetry-").FullName;
    private readonly Dictionary<string, TelemetryOracle> _written = Metrics.ToDictionary(metric => metric, _ => new TelemetryOracle());
    private readonly Dictionary<string, string[][]> _buckets = [];
    private readonly RecordedLog _log = new();
    private readonly OmniMetrics _metrics = new();
    private int _copies;
    private readonly KnownDamage _known;

    public DamageTests() => _known = new KnownDamage(_metrics, _log.For<KnownDamage>());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _metrics.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Of_flipped_bytes_no_value_is_served_that_was_not_written(int seed)
    {
        await WriteAsync();
        Random random = new(seed);
        for (int round = 0; round < 40; round++)
        {
            string copy = Copy();
            int flips = 1 << random.Next(9);
            foreach (string file in MonthsIn(copy))
                Change(file, bytes => Flip(bytes, flips, random));

            await AssertOnlyWhatWasWritten(copy, $"seed {seed}, round {round}, {flips} flips");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Of_broken_pages_no_value_is_served_that_was_not_written(int seed)
    {
        await WriteAsync();
        Random random = new(seed);
        for (int round = 0; round < 30; round++)
        {
            string copy = Copy();
            foreach (string file in MonthsIn(copy))
                Change(
                    file,
                    bytes =>
                    {
                        Span<byte> page = bytes.AsSpan(random.Next(bytes.Length / PageBytes) * PageBytes, PageBytes);
                        if (random.Next(2) == 0)
                            page.Clear();
                        else
                            random.NextBytes(page);
                    }
                );

            await AssertOnlyWhatWasWritten(copy, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task A_damaged_row_is_told_once_and_named()
    {
        await WriteAsync();
        string copy = Copy();
        Change(Path.Combine(copy, November.FileName), bytes => bytes[bytes.AsSpan().IndexOf("phase 1"u8)]++);

        using SqliteTelemetryStore store = Open(copy);
        _ = await store.RawAsync("d1", "state", null, null, null, 100_000, Cancel);
        _ = await store.RawAsync("d1", "state", null, null, null, 100_000, Cancel);

        Assert.Contains(November.FileName, _known.Of(PartNames.Telemetry), StringComparison.Ordinal);
        Assert.Null(_known.Of(PartNames.Storage));
        Assert.Equal([1503], _log.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Readings_of_a_file_without_seals_are_served_and_get_them_when_they_are_written_again()
    {
        await WriteAsync();
        string copy = Copy();
        foreach (string file in MonthsIn(copy))
            ForgetSeals(file);

        using SqliteTelemetryStore store = Open(copy);
        await AssertOnlyWhatWasWritten(store, "without seals");
        Assert.Equal(_written["load"].Raw(), (await store.RawAsync("d1", "load", null, null, null, 100_000, Cancel)).Items);
        Reading again = _written["load"].Raw()[0];
        await store.ApplyAsync(1_000, again.At, [new SeriesReadings("d1", "load", [again])], Cancel);

        using DatabaseConnection connection = DatabaseConnection.OpenReader(Path.Combine(copy, November.FileName));
        Assert.Equal(1, connection.Prepare("SELECT count(*) FROM chunks WHERE seal IS NOT NULL").ReadNumber());
        Assert.Null(_known.Of(PartNames.Telemetry));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_to_is_set_aside_and_readings_go_on_to_be_kept()
    {
        await WriteAsync();
        string copy = Copy();
        Change(Path.Combine(copy, November.FileName), bytes => bytes.AsSpan(0, 3 * PageBytes).Clear());
        Reading next = new(new Instant(November.End - 1), 7, MetricValue.FromNumber(7));

        using (SqliteTelemetryStore store = Open(copy))
            await store.ApplyAsync(1_000, next.At, [new SeriesReadings("d1", "load", [next])], Cancel);

        using SqliteTelemetryStore again = Open(copy);
        Instant start = new(November.Start);
        Page<Reading> page = await again.RawAsync("d1", "load", start, next.At, null, 100, Cancel);
        Assert.Equal([next], page.Items);
        Assert.True(page.Incomplete);
        Assert.True((await again.BucketsAsync("d1", "load", start, next.At, 10, Cancel)).IsIncomplete);
        Assert.False((await again.RawAsync("d1", "load", new Instant(November.End), null, null, 100, Cancel)).Incomplete);
        Assert.Contains("begun anew", _known.Of(PartNames.Telemetry), StringComparison.Ordinal);
    }

    /// <summary>As a disk that is full or read-only leaves a file that was to come into being.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_nothing_was_committed_to_is_no_damage_and_takes_what_comes(bool hasHeader)
    {
        string directory = Directory.CreateDirectory(Path.Combine(_directory, "empty")).FullName;
        string file = Path.Combine(directory, November.FileName);
        File.Create(file).Dispose();
        if (hasHeader)
            DatabaseConnection.OpenWriter(file, MonthSchema.Tuning).Dispose();
        Reading next = new(new Instant(November.End - 1), 7, MetricValue.FromNumber(7));

        using SqliteTelemetryStore store = Open(directory);
        Page<Reading> before = await store.RawAsync("d1", "load", null, null, null, 100, Cancel);
        await store.ApplyAsync(1, next.At, [new SeriesReadings("d1", "load", [next])], Cancel);
        Page<Reading> after = await store.RawAsync("d1", "load", null, null, null, 100, Cancel);

        Assert.Empty(before.Items);
        Assert.False(before.Incomplete);
        Assert.Equal([next], after.Items);
        Assert.False(after.Incomplete);
        Assert.Null(_known.Of(PartNames.Telemetry));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_damaged_catalogue_is_begun_anew_and_what_the_months_have_stays_there_once()
    {
        await WriteAsync();
        string copy = Copy();
        Change(Path.Combine(copy, "catalog.db"), bytes => bytes.AsSpan().Fill(7));

        using SqliteTelemetryStore store = Open(copy);

        Assert.Equal(0, await store.PositionAsync(Cancel));
        await AssertOnlyWhatWasWritten(store, "without a catalogue");
        await store.ApplyAsync(40, new Instant(November.End), [], Cancel);
        Assert.Equal(40, await store.PositionAsync(Cancel));
    }

    /// <summary>As an earlier version wrote it.</summary>
    private static void ForgetSeals(string file)
    {
        using DatabaseConnection connection = DatabaseConnection.OpenWriter(file, MonthSchema.Tuning);
        foreach (string table in new[] { "series", "chunks", "minutes", "hours" })
            connection.Execute($"ALTER TABLE {table} DROP COLUMN seal");
        connection.Execute("DELETE FROM schema_version WHERE version = 2");
    }

    private static void Flip(byte[] bytes, int flips, Random random)
    {
        for (int i = 0; i < flips; i++)
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
    }

    private static void Change(string file, Action<byte[]> change)
    {
        byte[] bytes = File.ReadAllBytes(file);
        change(bytes);
        File.WriteAllBytes(file, bytes);
    }

    private static IEnumerable<string> MonthsIn(string directory) => Directory.EnumerateFiles(directory, MonthFileNames.Pattern);

    /// <summary>Numbers, texts and numbers that come late, from the last days of a month to the first of the next.</summary>
    private async Task WriteAsync()
    {
        Random random = new(1);
        using SqliteTelemetryStore store = Open(Directory.CreateDirectory(Path.Combine(_directory, "whole")).FullName);
        for (int batch = 0; batch < 40; batch++)
        {
            List<SeriesReadings> series = [];
            foreach (string metric in Metrics)
            {
                int shift = metric == "load" ? random.Next(3) : 0;
                Reading[] readings =
                [
                    .. Enumerable
                        .Range((batch - shift) * 100, 100)
                        .Select(i => new Reading(new Instant(November.End + ((i - 2_000) * 60_000L)), i, ValueOf(metric, i, random))),
                ];
                _written[metric].Write(readings);
                series.Add(new SeriesReadings("d1", metric, readings));
            }
            await store.ApplyAsync(batch + 1, new Instant(November.End), series, Cancel);
        }
        foreach ((string metric, TelemetryOracle oracle) in _written)
            _buckets[metric] = [.. Widths.Select(width => oracle.Buckets(null, null, width).Select(Text).ToArray())];
    }

    private static MetricValue ValueOf(string metric, int number, Random random) =>
        metric switch
        {
            "state" => MetricValue.FromText($"phase {number % 3}"),
            "load" => MetricValue.FromNumber(random.NextDouble()),
            _ => MetricValue.FromNumber(random.Next(-100, 1_000) / 10.0),
        };

    private string Copy()
    {
        string copy = Directory.CreateDirectory(Path.Combine(_directory, (++_copies).ToString(CultureInfo.InvariantCulture))).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_directory, "whole")))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    private async Task AssertOnlyWhatWasWritten(string directory, string how)
    {
        using (SqliteTelemetryStore store = Open(directory))
        {
            await AssertOnlyWhatWasWritten(store, how);
            await AssertGoesOn(store, how);
        }
        Directory.Delete(directory, recursive: true);
    }

    private async Task AssertOnlyWhatWasWritten(SqliteTelemetryStore store, string how)
    {
        foreach ((string metric, TelemetryOracle oracle) in _written)
        {
            await AssertRaw(store, metric, oracle, how);
            foreach (int points in new[] { 3, 60, 900, 10_000 })
                AssertBuckets(
                    await store.BucketsAsync("d1", metric, null, null, points, Cancel),
                    _buckets[metric],
                    $"{how}, {metric}, {points}"
                );
        }
        Assert.Subset(new HashSet<string>(Metrics), new HashSet<string>(await store.MetricsAsync("d1", Cancel)));
    }

    private static async Task AssertRaw(SqliteTelemetryStore store, string metric, TelemetryOracle oracle, string how)
    {
        List<Reading> read = [];
        bool isIncomplete = false;
        string? cursor = null;
        do
        {
            Page<Reading> page = await store.RawAsync("d1", metric, null, null, cursor, 700, Cancel);
            read.AddRange(page.Items);
            isIncomplete |= page.Incomplete;
            cursor = page.Next;
        } while (cursor is not null);
        List<Reading> written = oracle.Raw();

        Assert.True(read.Distinct().Count() == read.Count && !read.Except(written).Any(), $"{how}: {metric} has what was not written.");
        Assert.True(isIncomplete || read.Count == written.Count, $"{how}: of {metric} {written.Count - read.Count} readings are missing.");
    }

    private static void AssertBuckets(TelemetryBuckets buckets, string[][] possible, string how)
    {
        string[] got = [.. buckets.Select(Text)];

        Assert.True(possible.Any(written => !got.Except(written).Any()), $"{how}: a point is of what was not written.");
        Assert.True(
            buckets.IsIncomplete || possible.Any(written => written.SequenceEqual(got)),
            $"{how}: points are missing, and nothing is said of it."
        );
    }

    /// <summary>What comes later is kept, whatever is damaged.</summary>
    private static async Task AssertGoesOn(SqliteTelemetryStore store, string how)
    {
        Reading[] next =
        [
            .. new[] { November.End - 61_000, November.End + (30 * Time.Day) }.Select(at => new Reading(
                new Instant(at),
                null,
                MetricValue.FromNumber(5)
            )),
        ];
        await store.ApplyAsync(
            1_000,
            next[^1].At,
            [new SeriesReadings("d1", "load", next), new SeriesReadings("d2", "load", next)],
            Cancel
        );
        foreach (Reading reading in next)
        {
            Page<Reading> page = await store.RawAsync("d2", "load", reading.At, reading.At, null, 10, Cancel);
            Assert.True(page.Incomplete || page.Items.SequenceEqual([reading]), $"{how}: what came later is not there.");
        }
    }

    private static string Text(TelemetryBucket bucket) =>
        string.Create(CultureInfo.InvariantCulture, $"{bucket.At} {bucket.Min} {bucket.Avg + 0.0:F6} {bucket.Max} {bucket.Count}");

    private SqliteTelemetryStore Open(string directory) =>
        SqliteTelemetryStore.Open(new SqliteTelemetryOptions { Directory = directory }, TimeProvider.System, _known);
}
