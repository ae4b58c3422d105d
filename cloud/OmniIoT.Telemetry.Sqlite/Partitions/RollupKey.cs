using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>Where the roll-ups of an hour lie: a series' hours side by side.</summary>
internal static class RollupKey
{
    /// <summary>More than the hours of any month.</summary>
    private const long HoursPerSeries = 1024;

    public static long Of(long series, Month month, long at) => (series * HoursPerSeries) + ((at - month.Start) / Time.Hour);

    /// <summary>The first moment of the hour of a key.</summary>
    public static long TimeOf(long key, Month month) => month.Start + (key % HoursPerSeries * Time.Hour);
}
