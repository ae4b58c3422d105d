using OmniIoT.Devices;

namespace OmniIoT.Telemetry.Packing;

/// <summary>Numbers of a stretch of time, summed up. The default value is an empty one.</summary>
internal struct Bucket
{
    public double Min;
    public double Max;
    public double Sum;
    public long Count;

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
                Sum = number,
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
        Sum += other.Sum;
        Count += other.Count;
    }
}
