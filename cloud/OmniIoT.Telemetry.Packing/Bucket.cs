using OmniIoT.Devices.Metrics;

namespace OmniIoT.Telemetry.Packing;

/// <summary>Numbers of a stretch of time, summed up. The default value is an empty one.</summary>
internal struct Bucket
{
    public double Min;
    public double Max;
    public PreciseSum Sum;
    public long Count;

    /// <summary>The mean; never outside of <see cref="Min"/> and <see cref="Max"/>.</summary>
    public readonly double Average => Sum.Mean(Count, Min, Max);

    /// <summary>False when the sum was kept in one number and is beyond all of them; finer buckets know it.</summary>
    public readonly bool IsKnown => double.IsFinite(Sum.Value);

    /// <summary>Adds a value; what is no number, or not finite, does not count.</summary>
    public void Add(in MetricValue value)
    {
        double number = value.Number;
        if (!double.IsFinite(number))
            return;
        Add(
            new Bucket
            {
                Min = number,
                Max = number,
                Sum = PreciseSum.FromParts(number, 0),
                Count = 1,
            }
        );
    }

    public void Add(in Bucket other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        Sum.Add(other.Sum);
        Count += other.Count;
    }
}
