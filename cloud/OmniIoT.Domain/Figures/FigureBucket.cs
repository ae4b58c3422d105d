using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Figures;

/// <summary>How a report is parted by time.</summary>
public enum FigureBucket
{
    Hour,
    Day,

    /// <summary>From Monday on.</summary>
    Week,
    Month,
}

/// <summary>A part of a report's time.</summary>
public readonly record struct BucketSpan(Instant From, Instant To);

public static class FigureBuckets
{
    /// <summary>Of one report: a year of days.</summary>
    public const int Most = 400;

    /// <summary>
    /// The parts of a time as a wall clock of the zone shows them, the first and the last as much of them as there is; null: there are too
    /// many. Where clocks are put forward or back a day is 23 or 25 hours.
    /// </summary>
    public static IReadOnlyList<BucketSpan>? Of(Instant from, Instant to, FigureBucket bucket, TimeZoneInfo zone)
    {
        List<BucketSpan> spans = [];
        for (Instant at = from; at < to; )
        {
            if (spans.Count == Most)
                return null;
            Instant next = Instant.Min(to, Next(at, bucket, zone));
            spans.Add(new BucketSpan(at, next));
            at = next;
        }
        return spans;
    }

    private static Instant Next(Instant at, FigureBucket bucket, TimeZoneInfo zone)
    {
        if (bucket is FigureBucket.Hour)
            return FigureLevel.Hour.SlotOf(at) + TimeSpan.FromHours(1);
        DateTime day = TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), zone).Date;
        DateTime next = bucket switch
        {
            FigureBucket.Day => day.AddDays(1),
            FigureBucket.Week => day.AddDays(7 - (((int)day.DayOfWeek + 6) % 7)),
            _ => day.AddDays(1 - day.Day).AddMonths(1),
        };
        Instant begin = BeginOf(next, zone);
        return begin > at ? begin : at + TimeSpan.FromHours(1);
    }

    /// <summary>The first moment of a day; where clocks skip midnight, it is what they skip to.</summary>
    private static Instant BeginOf(DateTime day, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(day))
            day = day.AddMinutes(15);
        TimeSpan offset = zone.IsAmbiguousTime(day) ? zone.GetAmbiguousTimeOffsets(day).Max() : zone.GetUtcOffset(day);
        return Instant.FromTime(new DateTimeOffset(day, offset));
    }
}
