namespace OmniIoT.Domain.Campaigns;

/// <summary>Hours on certain days of the week. A window that runs over midnight belongs to the day on which it begins.</summary>
/// <param name="Days">The days on which the window begins.</param>
/// <param name="Window">The hours.</param>
public sealed record WeeklyHours(IReadOnlySet<DayOfWeek> Days, DailyWindow Window)
{
    /// <summary>Whether this wall-clock time lies within.</summary>
    public bool Contains(DateTime local)
    {
        TimeOnly time = TimeOnly.FromDateTime(local);
        if (!Window.Contains(time))
            return false;
        bool beganYesterday = Window.RunsOverMidnight && time < Window.From;
        return Days.Contains(beganYesterday ? local.AddDays(-1).DayOfWeek : local.DayOfWeek);
    }
}
