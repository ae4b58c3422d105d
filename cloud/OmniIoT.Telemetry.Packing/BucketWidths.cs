namespace OmniIoT.Telemetry.Packing;

/// <summary>Widths that people read easily; each from a minute on is a whole number of minutes, each from an hour on of hours.</summary>
internal static class BucketWidths
{
    private static readonly long[] Ladder =
    [
        Time.Second,
        5 * Time.Second,
        10 * Time.Second,
        30 * Time.Second,
        Time.Minute,
        5 * Time.Minute,
        15 * Time.Minute,
        Time.Hour,
        3 * Time.Hour,
        6 * Time.Hour,
        Time.Day,
        7 * Time.Day,
        30 * Time.Day,
    ];

    /// <summary>Wider than all time that can be written, so that doubling ends.</summary>
    private const long Widest = 1L << 50;

    /// <summary>The smallest width of which at most <paramref name="points"/> aligned buckets touch the range.</summary>
    public static long For(long from, long to, int points)
    {
        foreach (long width in Ladder)
        {
            if (Count(from, to, width) <= points)
                return width;
        }
        long wide = Ladder[^1];
        while (Count(from, to, wide) > points && wide < Widest)
            wide *= 2;
        return wide;
    }

    private static long Count(long from, long to, long width) => ((Time.Floor(to, width) - Time.Floor(from, width)) / width) + 1;
}
