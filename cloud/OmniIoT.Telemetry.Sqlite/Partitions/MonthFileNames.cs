using System.Globalization;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>One file holds one month, and is named after it.</summary>
internal static class MonthFileNames
{
    public const string Pattern = $"{Prefix}*{Suffix}";

    private const string Prefix = "telemetry-";
    private const string Suffix = ".db";

    extension(Month month)
    {
        public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{month.Year:D4}-{month.Number:D2}{Suffix}");
    }

    /// <summary>Reads a file's name; null when it is not one of ours.</summary>
    public static Month? TryParse(string fileName) =>
        fileName.StartsWith(Prefix, StringComparison.Ordinal)
        && fileName.EndsWith(Suffix, StringComparison.Ordinal)
        && DateTime.TryParseExact(
            fileName[Prefix.Length..^Suffix.Length],
            "yyyy-MM",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateTime time
        )
            ? new Month(time.Year, time.Month)
            : null;
}
