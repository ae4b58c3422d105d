namespace OmniIoT.Domain.Figures;

/// <summary>Durations in bins of which each is a tenth wider than the one before, so that percentiles of any span are within 5 %.</summary>
public static class WaitBins
{
    private const double Growth = 1.1;

    /// <param name="seconds">Below zero counts as zero.</param>
    public static int Of(double seconds) => (int)Math.Round(Math.Log(1 + Math.Max(0, seconds)) / Math.Log(Growth));

    /// <summary>The duration in seconds that stands for a bin.</summary>
    public static double Seconds(int bin) => Math.Pow(Growth, bin) - 1;

    /// <summary>The duration in seconds below which so many of all lie; null: there are none.</summary>
    /// <param name="share">0 to 1.</param>
    public static double? Percentile(IEnumerable<(int Bin, long Times)> bins, double share)
    {
        (int Bin, long Times)[] ordered = [.. bins.OrderBy(static bin => bin.Bin)];
        long all = ordered.Sum(static bin => bin.Times);
        if (all == 0)
            return null;
        long wanted = Math.Max(1, (long)Math.Ceiling(share * all));
        foreach ((int bin, long times) in ordered)
        {
            wanted -= times;
            if (wanted <= 0)
                return Math.Round(Seconds(bin), 1);
        }
        return null;
    }
}
