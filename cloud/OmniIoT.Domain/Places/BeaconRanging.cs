namespace OmniIoT.Domain.Places;

/// <summary>How far away a beacon is, from how loud it is.</summary>
public static class BeaconRanging
{
    // Half old, half new: one reading in a body's shadow (about 10 dB) moves the mean by half of that.
    private const double NewestWeight = 0.5;

    /// <summary>Distance by the log-distance path-loss model, 10^((txPower − rssi) / (10 n)).</summary>
    /// <param name="rssiDbm">Received strength.</param>
    /// <param name="txPowerDbm">Strength at 1 m.</param>
    /// <param name="pathLossExponent">n, 2 in free space.</param>
    public static double DistanceMeters(double rssiDbm, double txPowerDbm, double pathLossExponent) =>
        Math.Pow(10, (txPowerDbm - rssiDbm) / (10 * pathLossExponent));

    internal static double Smooth(double smoothedDbm, double newestDbm) => smoothedDbm + (NewestWeight * (newestDbm - smoothedDbm));

    internal static bool IsNear(double smoothedDbm, double? txPowerDbm, VisitSettings settings) =>
        smoothedDbm >= settings.NearRssiDbm
        || (txPowerDbm is { } txPower && DistanceMeters(smoothedDbm, txPower, settings.PathLossExponent) <= settings.NearMeters);
}
