using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using Xunit;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>A telemetry store that starts empty. Disposing removes all it wrote.</summary>
public interface ITelemetryUnderTest : IDisposable
{
    ITelemetryStore Store { get; }

    /// <summary>How long the store keeps readings.</summary>
    TimeSpan Retention { get; }

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    void Reopen();
}

/// <summary>What every telemetry store does.</summary>
public abstract class TelemetryContract : IDisposable
{
    /// <summary>Bucket widths that a store may choose, in milliseconds.</summary>
    private static readonly long[] Widths =
    [
        1_000,
        5_000,
        10_000,
        30_000,
        60_000,
        300_000,
        900_000,
        3_600_000,
        10_800_000,
        21_600_000,
        86_400_000,
        604_800_000,
        2_592_000_000,
    ];

    private readonly Lazy<ITelemetryUnderTest> _underTest;
    private long _position;

    protected TelemetryContract() => _underTest = new Lazy<ITelemetryUnderTest>(Open);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ITelemetryUnderTest UnderTest => _underTest.Value;

    protected ITelemetryStore Store => UnderTest.Store;

    /// <summary>2026-11-30T23:50:00Z: ten minutes before the end of a month.</summary>
    protected static Instant Start { get; } = new(1_796_082_600_000);

    public void Dispose()
    {
        if (_underTest.IsValueCreated)
            _underTest.Value.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nothing_is_known_at_first()
    {
        Assert.Equal(0, await Store.PositionAsync(Cancel));
        Assert.Empty(await Store.MetricsAsync("d1", Cancel));
        Assert.Empty(await Store.BucketsAsync("d1", "temperature", null, null, 100, Cancel));
        Page<Reading> raw = await Store.RawAsync("d1", "temperature", null, null, null, 100, Cancel);
        Assert.Empty(raw.Items);
        Assert.Null(raw.Next);
    }

    [Fact]
    public async Task Readings_of_every_kind_come_back_as_received()
    {
        Reading[] readings =
        [
            At(0, 71.3),
            At(1, -0.1, seq: 5),
            At(2, 1e300, seq: long.MaxValue),
            At(3, double.Epsilon, seq: long.MinValue),
            At(4, 1.0 / 3),
            new(Start + Seconds(5), null, MetricValue.FromText("open")),
            new(Start + Seconds(6), 1, MetricValue.FromText("")),
            new(Start + Seconds(7), 2, MetricValue.FromText("open")),
            new(Start + Seconds(8), 3, MetricValue.FromBoolean(true)),
            new(Start + Seconds(9), null, MetricValue.FromBoolean(false)),
            new(Start + Seconds(10), null, MetricValue.FromText("qapalı")),
        ];
        await Apply(readings);

        Assert.Equal(readings, await Raw());
    }

    [Fact]
    public async Task A_reading_written_again_changes_nothing_but_its_value()
    {
        await Apply(At(0, 1, seq: 1), At(0, 2, seq: 2), At(0, 3), At(5, 9, seq: 3));
        await Apply(At(0, 20, seq: 2), At(0, 30));

        Assert.Equal([At(0, 30), At(0, 1, seq: 1), At(0, 20, seq: 2), At(5, 9, seq: 3)], await Raw());
        TelemetryBucket first = (await Store.BucketsAsync("d1", "temperature", null, null, 10, Cancel))[0];
        Assert.Equal((1, 17, 30, 3), (first.Min, first.Avg, first.Max, first.Count));
    }

    [Fact]
    public async Task A_reading_repeated_within_a_call_counts_once_with_its_last_value()
    {
        await Apply(At(0, 1), At(1, 5), At(1, 7), At(0, 2));

        Assert.Equal([At(0, 2), At(1, 7)], await Raw());
    }

    [Fact]
    public async Task A_number_that_becomes_a_text_leaves_the_roll_ups()
    {
        await Apply(At(0, 1));
        await Apply(new Reading(Start, null, MetricValue.FromText("broken")));

        Assert.Empty(await Store.BucketsAsync("d1", "temperature", null, null, 1, Cancel));
        Assert.Single(await Raw());
    }

    [Fact]
    public async Task The_same_position_again_changes_nothing()
    {
        await Store.ApplyAsync(7, Start, [new SeriesReadings("d1", "temperature", [At(0, 1)])], Cancel);
        await Store.ApplyAsync(7, Start, [new SeriesReadings("d1", "temperature", [At(0, 99), At(1, 99)])], Cancel);
        await Store.ApplyAsync(6, Start, [new SeriesReadings("d1", "temperature", [At(2, 99)])], Cancel);

        Assert.Equal([At(0, 1)], await Raw());
        Assert.Equal(7, await Store.PositionAsync(Cancel));
    }

    [Fact]
    public async Task Position_and_readings_outlive_a_restart()
    {
        await Store.ApplyAsync(7, Start, [new SeriesReadings("d1", "temperature", [At(0, 1)])], Cancel);
        await Store.ApplyAsync(9, Start, [], Cancel);
        UnderTest.Reopen();
        _position = await Store.PositionAsync(Cancel);
        await Apply(At(1, 2), At(-1, 0));

        Assert.Equal(10, await Store.PositionAsync(Cancel));
        Assert.Equal([At(-1, 0), At(0, 1), At(1, 2)], await Raw());
    }

    [Fact]
    public async Task Several_entries_of_a_series_in_one_call_are_one_after_the_other()
    {
        await Store.ApplyAsync(
            1,
            Start,
            [
                new SeriesReadings("d1", "temperature", [At(0, 1)]),
                new SeriesReadings("d1", "door", [At(0, 5)]),
                new SeriesReadings("d1", "temperature", [At(1, 2)]),
                new SeriesReadings("d2", "temperature", [At(0, 7)]),
            ],
            Cancel
        );

        Assert.Equal([At(0, 1), At(1, 2)], await Raw());
        Assert.Equal(["door", "temperature"], await Store.MetricsAsync("d1", Cancel));
        Assert.Equal(["temperature"], await Store.MetricsAsync("d2", Cancel));
    }

    [Fact]
    public async Task Both_ends_of_a_range_are_inclusive()
    {
        await Apply(Enumerable.Range(0, 10).Select(i => At(i, i)));

        Assert.Equal([At(3, 3), At(4, 4), At(5, 5)], await Raw(Start + Seconds(3), Start + Seconds(5)));
        Assert.Equal(
            [3d, 4, 5],
            (await Store.BucketsAsync("d1", "temperature", Start + Seconds(3), Start + Seconds(5), 3, Cancel)).Select(bucket => bucket.Avg)
        );
        Assert.Equal(
            3,
            (await Store.BucketsAsync("d1", "temperature", Start + Seconds(3), Start + Seconds(5), 1, Cancel)).Sum(bucket => bucket.Count)
        );
    }

    [Fact]
    public async Task Empty_stretches_give_no_bucket()
    {
        await Apply(At(0, 1), At(100_000, 2));

        TelemetryBuckets buckets = await Store.BucketsAsync("d1", "temperature", null, null, 1_000, Cancel);

        Assert.Equal([1d, 2], buckets.Select(bucket => bucket.Avg));
    }

    [Fact]
    public async Task Booleans_count_as_one_and_zero_and_texts_not_at_all()
    {
        await Apply(
            new Reading(Start, 1, MetricValue.FromBoolean(true)),
            new Reading(Start + Seconds(1), 2, MetricValue.FromBoolean(false)),
            new Reading(Start + Seconds(2), 3, MetricValue.FromText("on"))
        );

        TelemetryBucket bucket = Assert.Single(await Store.BucketsAsync("d1", "temperature", null, null, 1, Cancel));

        Assert.Equal((0, 0.5, 1, 2), (bucket.Min, bucket.Avg, bucket.Max, bucket.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task The_mean_of_the_largest_numbers_is_a_number(int points)
    {
        const double huge = 1.797e308;
        await Apply(At(0, huge), At(0.1, huge));
        await Apply(At(3_600, -huge), At(3_600.1, huge), At(3_600.2, -huge));
        await Apply(At(0.2, huge));

        TelemetryBuckets buckets = await Store.BucketsAsync("d1", "temperature", null, null, points, Cancel);

        Assert.Equal(
            (-huge, huge, 6),
            (buckets.Min(bucket => bucket.Min), buckets.Max(bucket => bucket.Max), buckets.Sum(bucket => bucket.Count))
        );
        if (points == 1)
            Assert.Equal(1, buckets[0].Avg / (huge / 3), 1e-9);
        else
            Assert.Equal([huge, -huge / 3], buckets.Select(bucket => bucket.Avg));
    }

    [Fact]
    public async Task The_mean_lies_between_the_least_and_the_greatest()
    {
        await Apply(Enumerable.Range(0, 10).Select(i => At(i * 0.05, 0.1)));

        TelemetryBucket bucket = Assert.Single(await Store.BucketsAsync("d1", "temperature", null, null, 1, Cancel));

        Assert.Equal((0.1, 0.1, 0.1, 10), (bucket.Min, bucket.Avg, bucket.Max, bucket.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(3_000)]
    public async Task The_order_in_which_readings_come_changes_no_digit(int points)
    {
        Random random = new(3);
        // Decimals as sensors have them, over a day, whose sums are rounded at every step when they are taken plainly.
        Reading[] readings = [.. Enumerable.Range(0, 5_000).Select(i => At(i * 17, random.Next(-1_000, 1_000_000) / 1_000.0))];
        await Apply(readings);
        TelemetryBuckets inOrder = await Store.BucketsAsync("d1", "temperature", null, null, points, Cancel);
        Reading[] shuffled = [.. readings];
        random.Shuffle(shuffled);
        foreach (Reading[] some in shuffled.Chunk(500))
            await Store.ApplyAsync(++_position, Start, [new SeriesReadings("d2", "temperature", some)], Cancel);

        TelemetryBuckets anyhow = await Store.BucketsAsync("d2", "temperature", null, null, points, Cancel);

        Assert.Equal(inOrder, anyhow);
        Assert.All(anyhow, bucket => Assert.InRange(bucket.Avg, bucket.Min, bucket.Max));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10_000)]
    public async Task Raw_readings_come_page_by_page_also_over_the_end_of_a_month(int limit)
    {
        // Ten seconds apart, so that a third lies in the month that follows; pairs share their time.
        Reading[] readings = [.. Enumerable.Range(0, 180).Select(i => At(i / 2 * 10, i, seq: i))];
        await Apply(readings);

        List<Reading> read = [];
        string? cursor = null;
        do
        {
            Page<Reading> page = await Store.RawAsync("d1", "temperature", null, null, cursor, limit, Cancel);
            Assert.InRange(page.Items.Count, 1, limit);
            read.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);

        Assert.Equal(readings, read);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("%%%")]
    [InlineData("")]
    public async Task A_cursor_that_no_list_gave_is_refused(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(async () => await Store.RawAsync("d1", "temperature", null, null, cursor, 10, Cancel));

    [Fact]
    public async Task A_deleted_device_is_forgotten_and_others_are_not()
    {
        await Store.ApplyAsync(
            1,
            Start,
            [
                new SeriesReadings("d1", "temperature", [At(0, 1), At(1_000, 1)]),
                new SeriesReadings("d1", "door", [At(0, 1)]),
                new SeriesReadings("d2", "temperature", [At(0, 7)]),
            ],
            Cancel
        );

        await Store.DeleteDeviceAsync("d1", Cancel);

        Assert.Empty(await Store.MetricsAsync("d1", Cancel));
        Assert.Empty(await Raw());
        Assert.Empty(await Store.BucketsAsync("d1", "temperature", null, null, 1, Cancel));
        Assert.Single(await Store.BucketsAsync("d2", "temperature", null, null, 1, Cancel));
        _position = 1;
        await Apply(At(0, 5));
        Assert.Equal(5, Assert.Single(await Store.BucketsAsync("d1", "temperature", null, null, 1, Cancel)).Avg);
    }

    [Fact]
    public async Task What_ended_before_the_retention_expires_unless_it_was_written_to_within_it()
    {
        Instant now = Start + UnderTest.Retention + TimeSpan.FromDays(40);
        Instant longAgo = Start - TimeSpan.FromDays(100);
        await Store.ApplyAsync(1, Start, [new SeriesReadings("d1", "temperature", [At(0, 1)])], Cancel);
        await Store.ApplyAsync(
            2,
            now,
            [new SeriesReadings("d1", "temperature", [new Reading(longAgo, null, MetricValue.FromNumber(2))])],
            Cancel
        );
        await Store.ApplyAsync(
            3,
            now,
            [new SeriesReadings("d1", "temperature", [new Reading(now, null, MetricValue.FromNumber(3))])],
            Cancel
        );

        await Store.ExpireAsync(now, Cancel);

        Assert.Equal([2d, 3], (await Raw()).Select(reading => reading.Value.Number));
        Assert.Equal(0, await Store.ExpireAsync(now, Cancel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Any_order_of_writing_gives_what_a_simple_list_gives(int seed)
    {
        Random random = new(seed);
        TelemetryOracle oracle = new();
        // From a reading every half second to one every few minutes, over the end of a month.
        int spacing = random.Next(500, 300_000),
            span = 4_000;
        for (int batch = 0; batch < 60; batch++)
        {
            List<Reading> readings = [];
            // Mostly in order and going on, at times anywhere, at times repeated.
            bool anywhere = random.Next(4) == 0;
            int place = anywhere ? random.Next(span) : batch * span / 60;
            for (int i = random.Next(1, 120); i > 0; i--)
            {
                place = random.Next(10) switch
                {
                    0 => place,
                    1 when anywhere => random.Next(span),
                    _ => place + 1,
                };
                long? seq = random.Next(3) == 0 ? null : random.Next(3);
                MetricValue value = random.Next(12) switch
                {
                    0 => MetricValue.FromText($"state {random.Next(3)}"),
                    1 => MetricValue.FromBoolean(random.Next(2) == 0),
                    2 => MetricValue.FromNumber(random.NextDouble()),
                    _ => MetricValue.FromNumber(random.Next(-1_000, 1_000) / 10.0),
                };
                readings.Add(new Reading(Start + TimeSpan.FromMilliseconds((long)place * spacing), seq, value));
            }
            oracle.Write(readings);
            await Apply(readings);
            if (batch % 20 == 10)
                UnderTest.Reopen();
        }

        Assert.Equal(oracle.Raw(), await Raw());
        for (int i = 0; i < 60; i++)
        {
            // Half of the bounds fall on readings.
            TimeSpan Distance() =>
                TimeSpan.FromMilliseconds(random.Next(2) == 0 ? random.NextInt64((long)spacing * span) : random.NextInt64(span) * spacing);
            Instant? from = random.Next(5) == 0 ? null : Start + Distance();
            Instant? to = random.Next(5) == 0 ? null : (from ?? Start) + Distance();
            await AssertBuckets(oracle, from, to, random.Next(1, random.Next(2, 2_000)));
            Assert.Equal(oracle.Raw(from, to), await Raw(from, to));
        }
    }

    /// <summary>Opens a fresh store.</summary>
    protected abstract ITelemetryUnderTest Open();

    protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    protected static Reading At(double seconds, double number, long? seq = null) =>
        new(Start + Seconds(seconds), seq, MetricValue.FromNumber(number));

    /// <summary>Writes readings of device d1, metric temperature.</summary>
    protected async Task Apply(params IEnumerable<Reading> readings) =>
        await Store.ApplyAsync(++_position, Start, [new SeriesReadings("d1", "temperature", [.. readings])], Cancel);

    protected async Task<IReadOnlyList<Reading>> Raw(Instant? from = null, Instant? to = null)
    {
        Page<Reading> page = await Store.RawAsync("d1", "temperature", from, to, null, 1_000_000, Cancel);
        Assert.Null(page.Next);
        return page.Items;
    }

    /// <summary>The store chooses the width; whichever it is, the buckets are those of a simple count.</summary>
    private async Task AssertBuckets(TelemetryOracle oracle, Instant? from, Instant? to, int points)
    {
        TelemetryBuckets buckets = await Store.BucketsAsync("d1", "temperature", from, to, points, Cancel);

        Assert.InRange(buckets.Count, 0, points);
        string[] got = [.. buckets.Select(Text)];
        string wanted = $"{points} points from {from} to {to}";
        Assert.True(
            Widths.Any(width => got.SequenceEqual(oracle.Buckets(from, to, width).Select(Text))),
            $"No width gives the buckets of {wanted}: {string.Join("; ", got.Take(10))}"
        );
    }

    /// <summary>Averages are compared to nine digits: sums are taken in different orders.</summary>
    private static string Text(TelemetryBucket bucket) =>
        string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{bucket.At} {bucket.Min} {Math.Round(bucket.Avg, 9):F9} {bucket.Max} {bucket.Count}"
            )
            .Replace("-0.000000000", "0.000000000", StringComparison.Ordinal);
}
