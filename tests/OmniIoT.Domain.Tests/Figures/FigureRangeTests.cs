using OmniIoT.Devices.Time;
using OmniIoT.Domain.Figures;

namespace OmniIoT.Domain.Tests.Figures;

/// <summary>How times are made up of slots, and parted by a wall clock.</summary>
public sealed class FigureRangeTests
{
    [Fact]
    public void Any_time_is_covered_once_and_by_the_coarsest_slots()
    {
        Random random = new(7);
        for (int round = 0; round < 2_000; round++)
        {
            Instant from = new(1_772_445_600_000 + (random.NextInt64(40L * 96) * 900_000));
            Instant to = from + TimeSpan.FromMinutes(15 * random.Next(1, 40 * 96));

            IReadOnlyList<FigureRange> ranges = FigureRange.Cover(from, to);

            Instant at = from;
            foreach (FigureRange range in ranges)
            {
                Assert.Equal((at, range.From), (range.From, range.Level.SlotOf(range.From)));
                Assert.True(range.To > range.From);
                at = range.To;
            }
            Assert.Equal(to, at);
            Assert.True(ranges.Count <= 7);
            TimeSpan fine = ranges
                .Where(static range => range.Level < FigureLevel.Day)
                .Aggregate(TimeSpan.Zero, (sum, range) => sum + (range.To - range.From));
            Assert.True(fine < TimeSpan.FromDays(2));
        }
    }

    [Fact]
    public void What_is_no_whole_quarter_is_rounded_outwards()
    {
        FigureRange only = Assert.Single(FigureRange.Cover(At("2026-11-22T10:07:00.000Z"), At("2026-11-22T10:08:00.000Z")));

        Assert.Equal((At("2026-11-22T10:00:00.000Z"), At("2026-11-22T10:15:00.000Z")), (only.From, only.To));
    }

    [Theory]
    [InlineData("Asia/Tehran", "2026-11-21T20:30:00.000Z")]
    [InlineData("Asia/Baku", "2026-11-21T20:00:00.000Z")]
    [InlineData("UTC", "2026-11-22T00:00:00.000Z")]
    [InlineData("Asia/Kathmandu", "2026-11-21T18:15:00.000Z")]
    public void Days_begin_at_the_zones_midnight(string zone, string midnight)
    {
        IReadOnlyList<BucketSpan> days = Of("2026-11-21T12:00:00.000Z", "2026-11-22T12:00:00.000Z", FigureBucket.Day, zone);

        Assert.Equal([At("2026-11-21T12:00:00.000Z"), At(midnight)], days.Select(static day => day.From));
        Assert.Equal(days[0].To, days[1].From);
    }

    [Fact]
    public void A_day_on_which_clocks_are_changed_has_its_own_length()
    {
        IReadOnlyList<BucketSpan> days = Of("2026-03-28T23:00:00.000Z", "2026-03-30T22:00:00.000Z", FigureBucket.Day, "Europe/Berlin");

        Assert.Equal([23, 24], days.Select(static day => (day.To - day.From).TotalHours));
    }

    [Fact]
    public void Weeks_begin_on_monday_and_months_on_their_first()
    {
        Assert.Equal(
            [At("2026-11-19T00:00:00.000Z"), At("2026-11-23T00:00:00.000Z"), At("2026-11-30T00:00:00.000Z")],
            Of("2026-11-19T00:00:00.000Z", "2026-12-02T00:00:00.000Z", FigureBucket.Week, "UTC").Select(static week => week.From)
        );
        Assert.Equal(
            [At("2026-11-19T00:00:00.000Z"), At("2026-12-01T00:00:00.000Z")],
            Of("2026-11-19T00:00:00.000Z", "2026-12-02T00:00:00.000Z", FigureBucket.Month, "UTC").Select(static month => month.From)
        );
    }

    [Fact]
    public void Too_many_parts_are_none() =>
        Assert.Null(FigureBuckets.Of(At("2026-01-01T00:00:00.000Z"), At("2026-12-01T00:00:00.000Z"), FigureBucket.Hour, TimeZoneInfo.Utc));

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Percentiles_are_within_five_per_cent(double share)
    {
        Random random = new(11);
        double[] seconds = [.. Enumerable.Range(0, 5_000).Select(_ => Math.Exp(random.NextDouble() * 12))];

        double found = WaitBins.Percentile(seconds.GroupBy(WaitBins.Of).Select(static bin => (bin.Key, bin.LongCount())), share)!.Value;

        double exact = seconds.Order().ElementAt((int)Math.Ceiling(share * seconds.Length) - 1);
        Assert.InRange(found, exact * 0.94, exact * 1.06);
    }

    private static Instant At(string text) => Instant.TryParse(text, out Instant at) ? at : throw new FormatException(text);

    private static IReadOnlyList<BucketSpan> Of(string from, string to, FigureBucket bucket, string zone) =>
        FigureBuckets.Of(At(from), At(to), bucket, TimeZoneInfo.FindSystemTimeZoneById(zone))!;
}
