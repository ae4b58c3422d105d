using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using Xunit;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>Buckets are sound in number, whatever the values and the order in which they came.</summary>
public abstract partial class TelemetryContract
{
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
}
