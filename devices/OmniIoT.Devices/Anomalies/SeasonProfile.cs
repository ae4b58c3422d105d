namespace OmniIoT.Devices.Anomalies;

/// <summary>What a series is in each hour of a cycle, beside its level.</summary>
/// <param name="hours">24 for a day, 168 for a week.</param>
internal sealed class SeasonProfile(int hours)
{
    private const int HourMs = 3_600_000;

    /// <summary>So many readings of an hour are remembered.</summary>
    private const int Memory = 100;

    /// <summary>From then on one extreme reading counts as a large one.</summary>
    private const int Settled = 24;

    private const double LargestDeviations = 6;

    private readonly float[] _offsets = new float[hours];
    private readonly byte[] _counts = new byte[hours];

    /// <summary>Mean distance of the readings from the profile.</summary>
    public double Spread { get; private set; }

    public int Bytes => (hours * (sizeof(float) + 1)) + sizeof(double);

    /// <summary>Expected offset from the level, between the middles of two hours.</summary>
    public double Expected(long at)
    {
        (int hour, int next, double share) = Place(at);
        return (_offsets[hour] * (1 - share)) + (_offsets[next] * share);
    }

    /// <param name="offset">Of the reading, from the level.</param>
    /// <param name="smallest">What counts as no distance.</param>
    public void Learn(long at, double offset, double weight, double smallest)
    {
        (int hour, int next, double share) = Place(at);
        double spread = Math.Max(Spread, smallest);
        double residual = offset - Expected(at);
        Learn(hour, offset, 1 - share, spread);
        Learn(next, offset, share, spread);
        Spread += (Math.Min(Math.Abs(residual), LargestDeviations * spread) - Spread) * weight;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Double(Spread);
        for (int hour = 0; hour < hours; hour++)
        {
            writer.Single(_offsets[hour]);
            writer.Byte(_counts[hour]);
        }
    }

    public void Read(ref SnapshotReader reader)
    {
        Spread = reader.Double();
        for (int hour = 0; hour < hours; hour++)
        {
            _offsets[hour] = reader.Single();
            _counts[hour] = reader.Byte();
        }
    }

    private void Learn(int hour, double offset, double share, double spread)
    {
        if (share <= 0)
            return;
        _counts[hour] = (byte)Math.Min(_counts[hour] + 1, Memory);
        double distance = offset - _offsets[hour];
        if (_counts[hour] > Settled)
            distance = Math.Clamp(distance, -LargestDeviations * spread, LargestDeviations * spread);
        _offsets[hour] += (float)(distance * share / _counts[hour]);
    }

    private (int Hour, int Next, double Share) Place(long at)
    {
        double cycle = (double)hours * HourMs;
        double middle = ((at - (HourMs / 2)) % cycle + cycle) % cycle / HourMs;
        int hour = (int)middle % hours;
        return (hour, (hour + 1) % hours, middle - Math.Floor(middle));
    }
}
