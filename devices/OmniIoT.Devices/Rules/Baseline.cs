namespace OmniIoT.Devices.Rules;

/// <summary>
/// What is usual for one metric of one device: a running mean and variance in constant space, over about the last
/// <see cref="Memory"/> readings.
/// </summary>
internal struct Baseline
{
    /// <summary>Ten hours at the default interval: several cycles of most machines.</summary>
    public const int Memory = 600;

    /// <summary>Before that nothing is usual, and the score is unknown.</summary>
    private const int WarmUp = 60;

    /// <summary>Five standard deviations score 0.99, three score 0.81.</summary>
    private const double Steepness = 4.605170185988092 / 25;

    /// <summary>A signal that hardly moves is given one per cent of its mean, so that its last digit is no anomaly.</summary>
    private const double SmallestRelativeDeviation = 0.01;

    private const double SmallestDeviation = 1e-9;

    /// <summary>A clear anomaly is learnt this much slower: a fault must not become usual while it lasts.</summary>
    private const double AnomalyWeight = 0.02;

    private const double ClearAnomaly = 0.99;

    public long At;
    public double Count;
    public double Mean;
    public double Variance;

    /// <summary>Of the newest reading, 0 to 1; NaN is unknown.</summary>
    public double Score;

    public static readonly Baseline Empty = new() { At = RuleState.Never, Score = double.NaN };

    /// <summary>Scores a reading against what came before it, then learns it.</summary>
    public void Take(double reading, long at)
    {
        At = at;
        double distance = reading - Mean;
        Score = Count < WarmUp ? double.NaN : ScoreOf(distance);
        double weight = 1 / Math.Min(Count + 1, Memory) * (Score > ClearAnomaly ? AnomalyWeight : 1);
        // What overflows must not stay: the distance of two numbers may be none, and a square is none long before.
        Mean += double.IsFinite(distance) ? weight * distance : weight * reading - weight * Mean;
        Variance = Math.Min((1 - weight) * (Variance + weight * distance * distance), double.MaxValue);
        Count = Math.Min(Count + 1, Memory);
    }

    private readonly double ScoreOf(double distance)
    {
        double deviation = Math.Max(Math.Sqrt(Variance), Math.Max(Math.Abs(Mean) * SmallestRelativeDeviation, SmallestDeviation));
        double deviations = distance / deviation;
        return 1 - Math.Exp(-deviations * deviations * Steepness);
    }
}
