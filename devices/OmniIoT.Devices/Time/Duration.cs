using System.Buffers;
using System.Globalization;

namespace OmniIoT.Devices.Time;

/// <summary>Durations as models and rules write them: a number and one of <c>ms s m h d</c>, as <c>30s</c> or <c>1.5h</c>.</summary>
public static class Duration
{
    public const string Allowed = "a number and one of ms, s, m, h, d, as 30s";

    private static readonly SearchValues<char> AmountCharacters = SearchValues.Create("0123456789.");

    /// <summary>Ten years: long enough for any rule, short enough that no sum of times overflows.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3653);

    /// <summary>Longer than zero and at most <see cref="Longest"/>, in whole milliseconds.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        int unitAt = text.IndexOfAnyExcept(AmountCharacters);
        if (unitAt <= 0 || MillisecondsPer(text[unitAt..]) is not { } unit)
            return false;
        if (!double.TryParse(text[..unitAt], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount))
            return false;
        double milliseconds = Math.Round(amount * unit);
        if (!(milliseconds >= 1) || milliseconds > Longest.TotalMilliseconds)
            return false;
        duration = TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    private static double? MillisecondsPer(ReadOnlySpan<char> unit) =>
        unit switch
        {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => null,
        };
}
