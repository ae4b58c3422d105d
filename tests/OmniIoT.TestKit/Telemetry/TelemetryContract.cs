using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using Xunit;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>What every telemetry store does.</summary>
public abstract partial class TelemetryContract : IDisposable
{
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
}
