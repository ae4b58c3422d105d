using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Desk.Calendars;

/// <summary>How a zone's clock on the wall goes: evenly, but for the moments at which it is changed.</summary>
internal static class WallClock
{
    /// <summary>No clock is changed twice within it.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromDays(1);

    /// <summary>The time from one moment to another in parts of at most a day, each with one offset from UTC.</summary>
    public static IEnumerable<(Instant From, Instant To, TimeSpan Offset)> Steady(TimeZoneInfo zone, Instant from, Instant to)
    {
        while (from < to)
        {
            Instant end = Instant.Min(from + Step, to);
            end = ChangeBetween(zone, from, end) ?? end;
            yield return (from, end, OffsetAt(zone, from));
            from = end;
        }
    }

    /// <summary>The first moment of the new offset, to the millisecond; null when the clock is not changed between the two.</summary>
    public static Instant? ChangeBetween(TimeZoneInfo zone, Instant from, Instant to)
    {
        TimeSpan before = OffsetAt(zone, from);
        if (from >= to || OffsetAt(zone, to) == before)
            return null;
        (long old, long changed) = (from.UnixMilliseconds, to.UnixMilliseconds);
        while (changed - old > 1)
        {
            long middle = old + (changed - old) / 2;
            if (OffsetAt(zone, new Instant(middle)) == before)
                old = middle;
            else
                changed = middle;
        }
        return new Instant(changed);
    }

    private static TimeSpan OffsetAt(TimeZoneInfo zone, Instant at) => zone.GetUtcOffset(at.ToDateTimeOffset());
}
