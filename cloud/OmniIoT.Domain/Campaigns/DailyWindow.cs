using System.Globalization;

namespace OmniIoT.Domain.Campaigns;

/// <summary>
/// A part of the day on the wall clock, from inclusive to exclusive. When <paramref name="To"/> is not after
/// <paramref name="From"/> it runs over midnight; 00:00 as the end is midnight, and equal times are the whole day.
/// </summary>
public readonly record struct DailyWindow(TimeOnly From, TimeOnly To)
{
    public bool RunsOverMidnight => To <= From;

    public bool Contains(TimeOnly time) => RunsOverMidnight ? time >= From || time < To : time >= From && time < To;

    /// <summary>
    /// Reads <c>21:00-09:00</c>; <c>24:00</c> is understood as the end of the day. Equal times are refused, as nobody knows
    /// whether never or always is meant; <c>00:00-24:00</c> is always.
    /// </summary>
    public static bool TryParse(string text, out DailyWindow window)
    {
        window = default;
        string[] parts = text.Split('-');
        if (
            parts.Length != 2
            || !TryParseTime(parts[0].Trim(), out TimeOnly from)
            || !TryParseTime(parts[1].Trim(), out TimeOnly to)
            || (from == to && from != TimeOnly.MinValue)
        )
            return false;
        window = new DailyWindow(from, to);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm}-{To:HH:mm}");

    internal static bool TryParseTime(string text, out TimeOnly time)
    {
        time = TimeOnly.MinValue;
        return text == "24:00" || TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }
}
