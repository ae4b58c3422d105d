namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>The plain peer: how far a reading lies in the tail of a normal distribution of the readings in a sliding window.</summary>
internal sealed class WindowedGaussian
{
    private const int Length = 6400;
    private readonly Queue<double> _window = [];
    private double _sum;
    private double _squares;

    /// <summary>From 0 to 1.</summary>
    public double Score(double value)
    {
        double score = 0;
        if (_window.Count > 0)
        {
            double mean = _sum / _window.Count;
            double deviation = Math.Max(Math.Sqrt(Math.Max((_squares / _window.Count) - (mean * mean), 0)), 1e-6);
            score = 1 - Tail(Math.Abs(value - mean) / deviation);
        }
        _window.Enqueue(value);
        (_sum, _squares) = (_sum + value, _squares + (value * value));
        if (_window.Count > Length && _window.Dequeue() is var oldest)
            (_sum, _squares) = (_sum - oldest, _squares - (oldest * oldest));
        return score;
    }

    /// <summary>Of the normal distribution, one-sided: the approximation of Abramowitz and Stegun, 26.2.17.</summary>
    private static double Tail(double deviations)
    {
        double t = 1 / (1 + (0.2316419 * deviations));
        double sum = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-deviations * deviations / 2) / Math.Sqrt(2 * Math.PI) * sum;
    }
}
