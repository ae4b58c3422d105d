using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OmniIoT.Domain.Desk.Calendars;

/// <summary>
/// How long something may take by a calendar: working days, working time, or both (<c>15m</c>, <c>4h</c>, <c>2d</c>, <c>1d 4h</c>).
/// Without a calendar a day has 24 hours.
/// </summary>
[JsonConverter(typeof(WorkingSpanConverter))]
public readonly record struct WorkingSpan(int Days, TimeSpan Time)
{
    /// <summary>Beyond a year nobody waits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>
    /// Reads whole numbers with <c>d</c>, <c>h</c>, <c>m</c> or <c>s</c>, each unit once, the greater first; above zero, a year at
    /// most.
    /// </summary>
    public static bool TryParse(string text, out WorkingSpan span)
    {
        span = default;
        const string units = "dhms";
        int next = 0;
        long[] counts = new long[units.Length];
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 9 || units.IndexOf(rest[digits], StringComparison.Ordinal) is not (>= 0 and var unit) || unit < next)
                return false;
            counts[unit] = long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            next = unit + 1;
            rest = rest[(digits + 1)..].TrimStart(' ');
        }
        TimeSpan time = new((counts[1] * 3600 + counts[2] * 60 + counts[3]) * TimeSpan.TicksPerSecond);
        if (counts[0] > Longest.TotalDays || time > Longest || (counts[0] == 0 && time == TimeSpan.Zero))
            return false;
        span = new WorkingSpan((int)counts[0], time);
        return true;
    }

    public override string ToString()
    {
        string[] parts = [Part(Days, 'd'), Part((int)Time.TotalHours, 'h'), Part(Time.Minutes, 'm'), Part(Time.Seconds, 's')];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static string Part(int count, char unit) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
}

internal sealed class WorkingSpanConverter : JsonConverter<WorkingSpan>
{
    public override WorkingSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WorkingSpan.TryParse(reader.GetString() ?? "", out WorkingSpan span) ? span : throw new JsonException("This is no working span.");

    public override void Write(Utf8JsonWriter writer, WorkingSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
