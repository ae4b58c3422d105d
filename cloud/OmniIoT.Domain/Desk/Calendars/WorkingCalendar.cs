using System.Collections.Frozen;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Desk.Calendars;

/// <summary>
/// When work is done: hours of the week on a wall clock, without the holidays. Time is counted as it really passes: an hour that the
/// clock skips is none, one that it repeats is two.
/// </summary>
public sealed record WorkingCalendar(
    string Id,
    TimeZoneInfo Zone,
    IReadOnlyList<WorkingHours> Hours,
    FrozenSet<DateOnly> Holidays,
    string? Name = null
)
{
    /// <summary>Within which a calendar opens again, or never does.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(4 * 366);

    /// <summary>Open at every moment.</summary>
    public static WorkingCalendar Always { get; } =
        new(
            "",
            TimeZoneInfo.Utc,
            [new WorkingHours(Enum.GetValues<DayOfWeek>().ToFrozenSet(), TimeSpan.Zero, TimeSpan.FromDays(1))],
            FrozenSet<DateOnly>.Empty
        );

    private bool IsAlways => Id.Length == 0;

    public bool IsOpen(Instant at)
    {
        DateTime wall = TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), Zone).DateTime;
        return OpenOn(DateOnly.FromDateTime(wall)).Any(hours => hours.Contains(wall.TimeOfDay));
    }

    /// <summary>The moment itself when it lies in hours, else when they begin next; the moment also where they never do.</summary>
    public Instant OpensAt(Instant at) => IsOpen(at) ? at : NextOpening(at) ?? at;

    /// <summary>When the span is over that begins at <paramref name="from"/>: its days first, then its time.</summary>
    /// <returns><see cref="Instant.MaxValue"/> when the calendar never opens for so long, or that is where it begins.</returns>
    public Instant Add(Instant from, WorkingSpan span) =>
        from >= Instant.MaxValue ? Instant.MaxValue : Add(AddDays(from, span.Days), span.Time);

    /// <summary>The first moment by which so much working time has passed since <paramref name="from"/>.</summary>
    /// <inheritdoc cref="Add(Instant, WorkingSpan)" path="/returns"/>
    public Instant Add(Instant from, TimeSpan workingTime)
    {
        if (from >= Instant.MaxValue)
            return Instant.MaxValue;
        if (workingTime <= TimeSpan.Zero)
            return from;
        if (IsAlways)
            return from + workingTime;
        TimeSpan left = workingTime;
        Instant limit = from + Horizon;
        foreach (OpenStretch stretch in Stretches(from, limit))
        {
            TimeSpan length = stretch.To - stretch.From;
            if (length >= left)
                return stretch.From + left;
            left -= length;
        }
        return Instant.MaxValue;
    }

    /// <summary>How much working time passes from one moment to a later one; zero when it is not later.</summary>
    public TimeSpan Between(Instant from, Instant to) =>
        to <= from ? TimeSpan.Zero
        : IsAlways ? to - from
        : Stretches(from, Instant.Min(to, from + Horizon)).Aggregate(TimeSpan.Zero, (sum, stretch) => sum + (stretch.To - stretch.From));

    /// <summary>
    /// So many times the next same time of day that lies in hours. What begins at a time of day that lies in no hours of any day counts
    /// from the next opening.
    /// </summary>
    private Instant AddDays(Instant from, int days)
    {
        if (days == 0)
            return from;
        if (IsAlways)
            return from + TimeSpan.FromDays(days);
        DateTime wall = TimeZoneInfo.ConvertTime(from.ToDateTimeOffset(), Zone).DateTime;
        if (!Hours.Any(hours => hours.Contains(wall.TimeOfDay)))
            return NextOpening(from) is { } opening ? AddDays(opening, days) : Instant.MaxValue;
        DateOnly last = DateOnly.FromDateTime(wall).AddDays((int)Horizon.TotalDays);
        for (DateOnly day = DateOnly.FromDateTime(wall).AddDays(1); day <= last; day = day.AddDays(1))
        {
            if (OpenOn(day).Any(hours => hours.Contains(wall.TimeOfDay)) && --days == 0)
                return AtWall(day, wall.TimeOfDay);
        }
        return Instant.MaxValue;
    }

    private Instant? NextOpening(Instant from)
    {
        foreach (OpenStretch stretch in Stretches(from, from + Horizon))
            return stretch.From;
        return null;
    }

    private IEnumerable<WorkingHours> OpenOn(DateOnly day) =>
        Holidays.Contains(day) ? [] : Hours.Where(hours => hours.Days.Contains(day.DayOfWeek));

    /// <summary>A time that the clock skips is the moment when it does, one that it shows twice the first of the two.</summary>
    private Instant AtWall(DateOnly day, TimeSpan timeOfDay)
    {
        DateTime wall = day.ToDateTime(TimeOnly.MinValue) + timeOfDay;
        if (Zone.IsInvalidTime(wall))
        {
            Instant near = Instant.FromTime(new DateTimeOffset(wall, Zone.BaseUtcOffset));
            return WallClock.ChangeBetween(Zone, near - TimeSpan.FromHours(12), near + TimeSpan.FromHours(12)) ?? near;
        }
        TimeSpan offset = Zone.IsAmbiguousTime(wall) ? Zone.GetAmbiguousTimeOffsets(wall).Max() : Zone.GetUtcOffset(wall);
        return Instant.FromTime(new DateTimeOffset(wall, offset));
    }

    /// <summary>Open time from one moment to another, in order, joined where it touches within a day.</summary>
    private IEnumerable<OpenStretch> Stretches(Instant from, Instant to)
    {
        foreach ((Instant begin, Instant end, TimeSpan offset) in WallClock.Steady(Zone, from, to))
        {
            foreach (OpenStretch stretch in Joined(StretchesOf(begin, end, offset)))
                yield return stretch;
        }
    }

    /// <summary>While the clock keeps one offset, a time on the wall is one moment.</summary>
    private IEnumerable<OpenStretch> StretchesOf(Instant begin, Instant end, TimeSpan offset)
    {
        DateOnly last = DayOf(end, offset);
        for (DateOnly day = DayOf(begin, offset); day <= last; day = day.AddDays(1))
        {
            Instant midnight = Instant.FromTime(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), offset));
            foreach (WorkingHours hours in OpenOn(day).OrderBy(hours => hours.From))
            {
                OpenStretch stretch = new(Instant.Max(midnight + hours.From, begin), Instant.Min(midnight + hours.To, end));
                if (stretch.From < stretch.To)
                    yield return stretch;
            }
        }
    }

    private static DateOnly DayOf(Instant at, TimeSpan offset) => DateOnly.FromDateTime(at.ToDateTimeOffset().ToOffset(offset).DateTime);

    /// <summary>Hours that overlap count once.</summary>
    private static IEnumerable<OpenStretch> Joined(IEnumerable<OpenStretch> ordered)
    {
        OpenStretch? open = null;
        foreach (OpenStretch next in ordered)
        {
            if (open is { } joined && next.From <= joined.To)
            {
                open = joined with { To = Instant.Max(joined.To, next.To) };
                continue;
            }
            if (open is { } done)
                yield return done;
            open = next;
        }
        if (open is { } last)
            yield return last;
    }
}
