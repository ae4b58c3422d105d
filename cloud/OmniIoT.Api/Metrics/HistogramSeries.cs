namespace OmniIoT.Api.Metrics;

/// <summary>Counts of observations by upper bound.</summary>
internal sealed class HistogramSeries(double[] bounds)
{
    /// <summary>For durations: 0.5 ms to 10 s.</summary>
    public static double[] Seconds { get; } =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>For sizes: 1 to 10,000.</summary>
    public static double[] Counts { get; } =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public double[] Bounds => bounds;

    public void Observe(double value)
    {
        int bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        lock (_lock)
        {
            _counts[bucket]++;
            _sum += value;
        }
    }

    /// <summary>Counts per bucket (the last without a bound) and the sum, of one moment.</summary>
    public (long[] Counts, double Sum) Read()
    {
        lock (_lock)
            return ((long[])_counts.Clone(), _sum);
    }
}
