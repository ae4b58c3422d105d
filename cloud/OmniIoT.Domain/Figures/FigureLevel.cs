using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Figures;

/// <summary>
/// How finely figures are kept. Each is kept at every level: quarters of an hour are where days of all time zones begin, and a year is
/// read from stretches of days.
/// </summary>
public enum FigureLevel
{
    Quarter,
    Hour,
    Day,

    /// <summary>Sixteen days.</summary>
    Stretch,
}

public static class FigureLevels
{
    public static IReadOnlyList<FigureLevel> All { get; } = Enum.GetValues<FigureLevel>();

    public static TimeSpan Length(this FigureLevel level) =>
        level switch
        {
            FigureLevel.Quarter => TimeSpan.FromMinutes(15),
            FigureLevel.Hour => TimeSpan.FromHours(1),
            FigureLevel.Day => TimeSpan.FromDays(1),
            _ => TimeSpan.FromDays(16),
        };

    /// <summary>The beginning of the slot that a time lies in, in UTC.</summary>
    public static Instant SlotOf(this FigureLevel level, Instant at)
    {
        long length = (long)level.Length().TotalMilliseconds;
        return new Instant((long)Math.Floor((double)at.UnixMilliseconds / length) * length);
    }
}
