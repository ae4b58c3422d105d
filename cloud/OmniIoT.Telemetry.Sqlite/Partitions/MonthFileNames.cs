using System.Globalization;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>One file holds one month, and is named after it.</summary>
internal static class MonthFileNames
{
    public const string Pattern = $"{Prefix}*{Suffix}";

    /// <summary>Of files that were damaged, set aside and begun anew: <c>telemetry-2026-11.damaged-1</c>.</summary>
    public const string SetAsidePattern = $"{Prefix}*{SetAsideSuffix}*";

    private const string Prefix = "telemetry-";
    private const string Suffix = ".db";
    private const string SetAsideSuffix = ".damaged-";
    private const string Format = "yyyy-MM";

    extension(Month month)
    {
        public string FileName => NameOf(month, Suffix);

        public string SetAsidePrefix => NameOf(month, SetAsideSuffix);

        /// <param name="from">Unix milliseconds, as <paramref name="to"/>; both are inclusive.</param>
        public bool SharesTime(long from, long to) => month.Start <= to && month.End > from;
    }

    /// <summary>Reads a file's name; null when it is not one of ours.</summary>
    public static Month? TryParse(string fileName) =>
        fileName.EndsWith(Suffix, StringComparison.Ordinal) ? TryParseStem(fileName[..^Suffix.Length]) : null;

    /// <summary>Reads the name of a file that was set aside; null when it is none.</summary>
    public static Month? TryParseSetAside(string fileName)
    {
        int end = fileName.IndexOf(SetAsideSuffix, StringComparison.Ordinal);
        return end < 0 ? null : TryParseStem(fileName[..end]);
    }

    private static string NameOf(Month month, string suffix) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{month.Year:D4}-{month.Number:D2}{suffix}");

    private static Month? TryParseStem(string stem) =>
        stem.StartsWith(Prefix, StringComparison.Ordinal)
        && DateTime.TryParseExact(stem[Prefix.Length..], Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            ? new Month(time.Year, time.Month)
            : null;
}
