namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>What <c>anomaly</c> was before the detector: distance from a running mean in running deviations.</summary>
internal sealed class RunningDeviation
{
    /// <summary>Ten hours at the default interval: several cycles of most machines.</summary>
    private const int Memory = 600;

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

    private double _count;
    private double _mean;
    private double _variance;

    /// <summary>Scores a reading against what came before it, then learns it.</summary>
    public double Score(double reading)
    {
        double distance = reading - _mean;
        double score = _count < WarmUp ? double.NaN : ScoreOf(distance);
        double weight = 1 / Math.Min(_count + 1, Memory) * (score > ClearAnomaly ? AnomalyWeight : 1);
        // What overflows must not stay: the distance of two numbers may be none, and a square is none long before.
        _mean += double.IsFinite(distance) ? weight * distance : weight * reading - weight * _mean;
        _variance = Math.Min((1 - weight) * (_variance + weight * distance * distance), double.MaxValue);
        _count = Math.Min(_count + 1, Memory);
        return score;
    }

    private double ScoreOf(double distance)
    {
        double deviation = Math.Max(Math.Sqrt(_variance), Math.Max(Math.Abs(_mean) * SmallestRelativeDeviation, SmallestDeviation));
        double deviations = distance / deviation;
        return 1 - Math.Exp(-deviations * deviations * Steepness);
    }
}
