using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using Xunit;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>A store beside a simple list, for random writings.</summary>
public abstract partial class TelemetryContract
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
