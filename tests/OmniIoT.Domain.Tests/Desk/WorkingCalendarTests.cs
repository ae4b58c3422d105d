using System.Collections.Frozen;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Calendars;

namespace OmniIoT.Domain.Tests.Desk;

/// <summary>Working time against an oracle that looks at every minute by itself.</summary>
public sealed class WorkingCalendarTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "Asia/Baku", "America/New_York", "Australia/Lord_Howe", "UTC"];

    private static readonly WorkingCalendar Office = Weekdays("Europe/Berlin", 9, 17);

    [Fact]
    public void Working_time_is_that_of_the_open_minutes()
    {
        Random random = new(17);
        for (int round = 0; round < 300; round++)
        {
            WorkingCalendar calendar = Any(random);
            // Around the changes of the clock in spring and autumn, too.
            Instant from = At("2026-03-20T00:00Z") + TimeSpan.FromMinutes(random.Next(0, 300 * 24 * 60));
            int minutes = random.Next(1, 20 * 60);

            Assert.Equal(Naive(calendar, from, minutes), calendar.Add(from, TimeSpan.FromMinutes(minutes)));
        }
    }

    [Fact]
    public void What_was_added_lies_between()
    {
        Random random = new(5);
        for (int round = 0; round < 300; round++)
        {
            WorkingCalendar calendar = Any(random);
            Instant from = At("2026-10-01T00:00Z") + TimeSpan.FromMinutes(random.Next(0, 60 * 24 * 60));
            TimeSpan added = TimeSpan.FromSeconds(random.Next(1, 100_000));

            Assert.Equal(added, calendar.Between(from, calendar.Add(from, added)));
        }
    }

    [Theory]
    // Friday to Monday; Saturday noon lies in hours of other days; what comes after hours counts from the next opening.
    [InlineData("2026-11-27T15:00+01:00", "1d", "2026-11-30T15:00+01:00")]
    [InlineData("2026-11-27T15:00+01:00", "2d", "2026-12-01T15:00+01:00")]
    [InlineData("2026-11-28T12:00+01:00", "1d", "2026-11-30T12:00+01:00")]
    [InlineData("2026-11-27T20:00+01:00", "1d", "2026-12-01T09:00+01:00")]
    [InlineData("2026-11-27T16:00+01:00", "2h", "2026-11-30T10:00+01:00")]
    [InlineData("2026-11-27T16:00+01:00", "1d 2h", "2026-12-01T10:00+01:00")]
    // A holiday is no working day.
    [InlineData("2026-12-30T10:00+01:00", "1d", "2027-01-01T10:00+01:00")]
    // Over the end of summer time the same time of day is 25 hours a day later.
    [InlineData("2026-10-23T10:00+02:00", "1d", "2026-10-26T10:00+01:00")]
    public void Days_are_working_days_and_keep_the_time_of_day(string from, string span, string due)
    {
        Assert.True(WorkingSpan.TryParse(span, out WorkingSpan parsed));

        Assert.Equal(At(due), Office.Add(At(from), parsed));
    }

    [Fact]
    public void An_hour_that_the_clock_repeats_counts_twice_and_one_that_it_skips_not_at_all()
    {
        WorkingCalendar always = new(
            "c",
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            [new WorkingHours(Enum.GetValues<DayOfWeek>().ToFrozenSet(), TimeSpan.Zero, TimeSpan.FromDays(1))],
            FrozenSet<DateOnly>.Empty
        );

        Assert.Equal(TimeSpan.FromHours(25), always.Between(At("2026-10-25T00:00+02:00"), At("2026-10-26T00:00+01:00")));
        Assert.Equal(TimeSpan.FromHours(23), always.Between(At("2026-03-29T00:00+01:00"), At("2026-03-30T00:00+02:00")));
        // 02:30 of the next day is skipped: the moment at which the clock is changed.
        Assert.Equal(At("2026-03-29T03:00+02:00"), always.Add(At("2026-03-28T02:30+01:00"), new WorkingSpan(1, default)));
    }

    [Fact]
    public void What_is_never_due_stays_so_whatever_is_added()
    {
        WorkingCalendar never = Office with { Hours = [new WorkingHours([], TimeSpan.FromHours(9), TimeSpan.FromHours(17))] };
        Instant due = never.Add(At("2026-11-27T15:00+01:00"), TimeSpan.FromHours(1));

        Assert.Equal(Instant.MaxValue, due);
        foreach (WorkingCalendar calendar in (WorkingCalendar[])[never, Office, WorkingCalendar.Always])
        {
            Assert.Equal(due, calendar.Add(due, TimeSpan.FromHours(1)));
            Assert.Equal(due, calendar.Add(due, new WorkingSpan(1, TimeSpan.FromHours(1))));
        }
    }

    [Fact]
    public void Without_a_calendar_it_is_always_open()
    {
        Instant from = At("2026-11-28T23:00Z");

        Assert.Equal(from + TimeSpan.FromHours(50), WorkingCalendar.Always.Add(from, new WorkingSpan(2, TimeSpan.FromHours(2))));
        Assert.True(WorkingCalendar.Always.IsOpen(from));
    }

    [Theory]
    [InlineData("15m", "15m")]
    [InlineData("90m", "1h 30m")]
    [InlineData("2d", "2d")]
    [InlineData("1d 4h", "1d 4h")]
    [InlineData("1d4h", "1d 4h")]
    [InlineData("0m", null)]
    [InlineData("", null)]
    [InlineData("4h1d", null)]
    [InlineData("-1h", null)]
    [InlineData("367d", null)]
    [InlineData("2w", null)]
    [InlineData("5", null)]
    public void Spans_are_read(string text, string? said) =>
        Assert.Equal(said, WorkingSpan.TryParse(text, out WorkingSpan span) ? span.ToString() : null);

    private static Instant Naive(WorkingCalendar calendar, Instant from, int minutes)
    {
        Instant at = from;
        while (minutes > 0)
        {
            DateTime wall = TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), calendar.Zone).DateTime;
            bool open =
                !calendar.Holidays.Contains(DateOnly.FromDateTime(wall))
                && calendar.Hours.Any(hours => hours.Days.Contains(wall.DayOfWeek) && hours.Contains(wall.TimeOfDay));
            at += TimeSpan.FromMinutes(1);
            minutes -= open ? 1 : 0;
        }
        return at;
    }

    private static WorkingCalendar Any(Random random)
    {
        List<WorkingHours> hours = [];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int from = random.Next(0, 23 * 60);
            FrozenSet<DayOfWeek> days = Enumerable.Range(0, random.Next(1, 8)).Select(_ => (DayOfWeek)random.Next(7)).ToFrozenSet();
            hours.Add(new WorkingHours(days, TimeSpan.FromMinutes(from), TimeSpan.FromMinutes(random.Next(from + 1, 24 * 60 + 1))));
        }
        DateOnly first = new(2026, 3, 20);
        FrozenSet<DateOnly> holidays = Enumerable.Range(0, 30).Select(_ => first.AddDays(random.Next(400))).ToFrozenSet();
        return new WorkingCalendar("c", TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]), hours, holidays);
    }

    private static WorkingCalendar Weekdays(string zone, int from, int to) =>
        new(
            "office",
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            [
                new WorkingHours(
                    FrozenSet.Create(DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday),
                    TimeSpan.FromHours(from),
                    TimeSpan.FromHours(to)
                ),
            ],
            FrozenSet.Create(new DateOnly(2026, 12, 31))
        );

    private static Instant At(string text) =>
        Instant.FromTime(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
