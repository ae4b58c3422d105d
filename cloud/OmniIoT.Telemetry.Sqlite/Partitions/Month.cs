using System.Globalization;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>A UTC month of device time: what one file holds.</summary>
internal readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    private const string Prefix = "telemetry-";
    private const string Suffix = ".db";

    public static string FilePattern => $"{Prefix}*{Suffix}";

    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Year:D4}-{Number:D2}{Suffix}");

    /// <summary>Epoch milliseconds of its first moment.</summary>
    public long Start => new DateTimeOffset(Year, Number, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Epoch milliseconds of the first moment after it.</summary>
    public long End => Start + (DateTime.DaysInMonth(Year, Number) * Time.Day);

    public static Month Of(long milliseconds)
    {
        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return new Month(time.Year, time.Month);
    }

    /// <summary>Reads a file's name; null when it is not one of ours.</summary>
    public static Month? TryParse(string fileName) =>
        fileName.StartsWith(Prefix, StringComparison.Ordinal) && fileName.EndsWith(Suffix, StringComparison.Ordinal)
        && DateTime.TryParseExact(fileName[Prefix.Length..^Suffix.Length], "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            ? new Month(time.Year, time.Month)
            : null;

    public int CompareTo(Month other) => (Year, Number).CompareTo((other.Year, other.Number));
}
