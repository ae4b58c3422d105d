using OmniIoT.Simulators.Physics;

namespace OmniIoT.Simulators.Shoppers;

/// <summary>
/// What a phone makes of a true position: its error wanders (an Ornstein-Uhlenbeck walk) instead of jumping, for the
/// satellites and walls that cause it change slowly; now and then a fix is poor and says so.
/// </summary>
internal sealed class GpsReceiver(Random random)
{
    private const double ErrorMeters = 3;
    private const double PersistenceSeconds = 30;

    private double _east = random.Noise(ErrorMeters);
    private double _north = random.Noise(ErrorMeters);

    /// <returns>The fix and its accuracy in metres, the radius that holds the truth two times in three.</returns>
    public (GeoPoint Fix, double AccuracyMeters) Measure(GeoPoint truth, TimeSpan elapsed)
    {
        double keep = Math.Exp(-elapsed.TotalSeconds / PersistenceSeconds);
        double fresh = ErrorMeters * Math.Sqrt(1 - (keep * keep));
        (_east, _north) = ((_east * keep) + random.Noise(fresh), (_north * keep) + random.Noise(fresh));
        bool poor = random.NextDouble() < 0.03;
        double accuracy = poor ? random.Between(30, 60) : random.Between(4, 9);
        double blur = poor ? accuracy / 2 : 0;
        return (truth.Offset(_east + random.Noise(blur), _north + random.Noise(blur)), Math.Round(accuracy, 1));
    }
}
