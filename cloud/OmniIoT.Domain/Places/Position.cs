namespace OmniIoT.Domain.Places;

/// <summary>A point on the earth, WGS 84. Latitude comes first everywhere but in GeoJSON text.</summary>
/// <param name="LatitudeDegrees">−90 to 90.</param>
/// <param name="LongitudeDegrees">−180 to 180.</param>
public readonly record struct Position(double LatitudeDegrees, double LongitudeDegrees)
{
    /// <summary>Finite and within ±90 and ±180.</summary>
    public bool IsOnEarth => Math.Abs(LatitudeDegrees) <= 90 && Math.Abs(LongitudeDegrees) <= 180;
}
