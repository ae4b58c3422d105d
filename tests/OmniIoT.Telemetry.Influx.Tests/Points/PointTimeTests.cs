using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Influx.Points;

namespace OmniIoT.Telemetry.Influx.Tests.Points;

public sealed class PointTimeTests
{
    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(0, 0L, 1)]
    [InlineData(7, 5L, 7_000_006)]
    [InlineData(7, 999_982L, 7_999_983)]
    [InlineData(7, 999_983L, 7_000_001)]
    [InlineData(-1, null, -1_000_000)]
    [InlineData(-1, 0L, -999_999)]
    [InlineData(-1, -1L, -17)]
    [InlineData(9_223_372_036_853, 999_982L, 9_223_372_036_853_999_983)]
    [InlineData(-9_223_372_036_854, null, -9_223_372_036_854_000_000)]
    public void A_reading_has_its_nanosecond(long at, long? seq, long nanoseconds)
    {
        Assert.Equal(nanoseconds, PointTime.Of(new Reading(new Instant(at), seq, default)));
        Assert.Equal(at, PointTime.Milliseconds(nanoseconds));
    }

    [Fact]
    public void Every_number_has_a_place_within_its_millisecond()
    {
        Random random = new(1);
        for (int i = 0; i < 100_000; i++)
        {
            long seq = random.Next(4) switch
            {
                0 => random.NextInt64(long.MinValue, long.MaxValue),
                1 => random.Next(-5, 5),
                2 => long.MinValue + random.Next(5),
                _ => long.MaxValue - random.Next(5),
            };
            Assert.InRange(PointTime.Of(new Reading(new Instant(3), seq, default)), 3_000_001, 3_999_999);
        }
    }

    [Fact]
    public void Numbers_that_follow_one_another_have_places_of_their_own()
    {
        foreach (long first in new[] { long.MinValue, -2_000, 0, 999_000, long.MaxValue - 5_000 })
        {
            Assert.Equal(
                5_000,
                Enumerable.Range(0, 5_000).Select(i => PointTime.Of(new Reading(default, first + i, default))).Distinct().Count()
            );
        }
    }

    [Theory]
    [InlineData(-9_223_372_036_855, false)]
    [InlineData(-9_223_372_036_854, true)]
    [InlineData(9_223_372_036_853, true)]
    [InlineData(9_223_372_036_854, false)]
    public void Times_end_in_1677_and_2262(long at, bool holds) => Assert.Equal(holds, PointTime.Holds(at));
}
