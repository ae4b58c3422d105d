namespace OmniIoT.Simulators.Shoppers;

/// <summary>A place on the Earth, WGS 84.</summary>
public readonly record struct GeoPoint(double LatitudeDegrees, double LongitudeDegrees)
{
    // Of the contract's sphere, radius 6,371,008.8 m.
    private const double MetersPerDegree = 6_371_008.8 * Math.PI / 180;

    /// <summary>Within a few kilometres, exact to centimetres.</summary>
    public GeoPoint Offset(double eastMeters, double northMeters) =>
        new(
            LatitudeDegrees + (northMeters / MetersPerDegree),
            LongitudeDegrees + (eastMeters / (MetersPerDegree * Math.Cos(LatitudeDegrees * Math.PI / 180)))
        );

    public (double EastMeters, double NorthMeters) From(GeoPoint origin) =>
        (
            (LongitudeDegrees - origin.LongitudeDegrees) * MetersPerDegree * Math.Cos(origin.LatitudeDegrees * Math.PI / 180),
            (LatitudeDegrees - origin.LatitudeDegrees) * MetersPerDegree
        );

    public double MetersTo(GeoPoint other)
    {
        (double east, double north) = other.From(this);
        return Math.Sqrt((east * east) + (north * north));
    }
}
