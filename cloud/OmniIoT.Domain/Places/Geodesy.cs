namespace OmniIoT.Domain.Places;

/// <summary>Distances on the sphere that the platform takes the earth for.</summary>
public static class Geodesy
{
    /// <summary>Mean radius of the earth (IUGG R1).</summary>
    public const double EarthRadiusMeters = 6_371_008.8;

    internal const double RadiansPerDegree = Math.PI / 180;

    internal const double MetersPerDegree = EarthRadiusMeters * RadiansPerDegree;

    /// <summary>Great-circle distance by the haversine formula.</summary>
    public static double DistanceMeters(Position a, Position b)
    {
        double halfLatitude = Math.Sin((b.LatitudeDegrees - a.LatitudeDegrees) * (RadiansPerDegree / 2));
        double halfLongitude = Math.Sin((b.LongitudeDegrees - a.LongitudeDegrees) * (RadiansPerDegree / 2));
        double parallels = Math.Cos(a.LatitudeDegrees * RadiansPerDegree) * Math.Cos(b.LatitudeDegrees * RadiansPerDegree);
        double haversine = (halfLatitude * halfLatitude) + (parallels * halfLongitude * halfLongitude);
        return 2 * EarthRadiusMeters * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }
}
