using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Tests;

public sealed class BucketWidthsTests
{
    [Theory]
    [InlineData(0, 0, 1, Time.Second)]
    [InlineData(0, 59_999, 60, Time.Second)]
    [InlineData(0, 60_000, 60, 5 * Time.Second)]
    [InlineData(500, 60_499, 60, 5 * Time.Second)]
    [InlineData(0, Time.Day - 1, 24, Time.Hour)]
    [InlineData(0, Time.Day, 24, 3 * Time.Hour)]
    [InlineData(0, 365 * Time.Day, 400, Time.Day)]
    [InlineData(-1, 0, 2, Time.Second)]
    [InlineData(0, 59 * Time.Day, 1, 60 * Time.Day)]
    public void The_smallest_width_whose_aligned_buckets_are_few_enough_is_taken(long from, long to, int points, long expected) =>
        Assert.Equal(expected, BucketWidths.For(from, to, points));
}
