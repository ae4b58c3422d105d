using System.Runtime.InteropServices;

namespace OmniIoT.Domain.Places.Index;

/// <summary>A circle prepared for exact tests.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly struct CircleShape
{
    // Far above the rounding of a distance, which grows towards the antipode, far below any accuracy.
    private const double MarginMeters = 1;

    // Relative rounding of a haversine is some 1e-15.
    private const double Doubt = 1e-12;

    private readonly Position _center;
    private readonly double _radiusMeters;
    private readonly double _cosineOfLatitude;
    private readonly double _haversineOfRadius;

    public CircleShape(Circle circle)
    {
        (_center, _radiusMeters) = (circle.Center, circle.RadiusMeters);
        _cosineOfLatitude = Math.Cos(_center.LatitudeDegrees * Geodesy.RadiansPerDegree);
        double halfAngle = Math.Sin(_radiusMeters / Geodesy.EarthRadiusMeters / 2);
        _haversineOfRadius = halfAngle * halfAngle;
    }

    public Circle Circle => new(_center, _radiusMeters);

    public bool Covers(Position point)
    {
        // The distance grows with its haversine, so that the root and the arc sine are needed only on the very border.
        double halfLatitude = Math.Sin((point.LatitudeDegrees - _center.LatitudeDegrees) * (Geodesy.RadiansPerDegree / 2));
        double halfLongitude = Math.Sin((point.LongitudeDegrees - _center.LongitudeDegrees) * (Geodesy.RadiansPerDegree / 2));
        double parallels = _cosineOfLatitude * Math.Cos(point.LatitudeDegrees * Geodesy.RadiansPerDegree);
        double haversine = (halfLatitude * halfLatitude) + (parallels * halfLongitude * halfLongitude);
        if (Math.Abs(haversine - _haversineOfRadius) > Doubt * _haversineOfRadius)
            return haversine < _haversineOfRadius;
        return Geodesy.DistanceMeters(_center, point) <= _radiusMeters;
    }

    public double DistanceToBorderMeters(Position point) => Math.Abs(Geodesy.DistanceMeters(_center, point) - _radiusMeters);

    /// <summary>The least frame around it.</summary>
    public RasterFrame Frame(int most)
    {
        double angle = (_radiusMeters + MarginMeters) / Geodesy.EarthRadiusMeters;
        double degrees = angle / Geodesy.RadiansPerDegree;
        (double south, double north) = (_center.LatitudeDegrees - degrees, _center.LatitudeDegrees + degrees);

        // The meridians that touch the circle do so nearer to the pole than its centre.
        double halfWidth = south <= -90 || north >= 90 ? 180 : Math.Asin(Math.Sin(angle) / _cosineOfLatitude) / Geodesy.RadiansPerDegree;
        return RasterFrame.Over(
            (_center.LongitudeDegrees - halfWidth + 180) * Grid.PerDegree,
            (south + 90) * Grid.PerDegree,
            (_center.LongitudeDegrees + halfWidth + 180) * Grid.PerDegree,
            (north + 90) * Grid.PerDegree,
            most
        );
    }

    public void Mark(RasterFrame frame, Span<byte> raster)
    {
        double size = 1L << frame.Shift;
        for (int row = 0; row < frame.Height; row++)
        {
            double latitude = Grid.Latitude((frame.Row + row + 0.5) * size);
            double reach = Reach(latitude, size / Grid.PerDegree / 2) + MarginMeters;
            for (int column = 0; column < frame.Width; column++)
            {
                double longitude = Grid.Longitude(((frame.Column + column + 0.5) * size) % Grid.Around);
                double distance = Geodesy.DistanceMeters(_center, new Position(latitude, longitude));
                CellState state =
                    distance + reach <= _radiusMeters ? CellState.Inside
                    : distance - reach <= _radiusMeters ? CellState.Edge
                    : CellState.Outside;
                Raster.Set(raster, (row * frame.Width) + column, state);
            }
        }
    }

    // Distance from a cell's middle to its farthest point, which is a corner.
    private static double Reach(double latitude, double halfDegrees)
    {
        Position middle = new(latitude, 0);
        double south = Geodesy.DistanceMeters(middle, new Position(latitude - halfDegrees, halfDegrees));
        double north = Geodesy.DistanceMeters(middle, new Position(latitude + halfDegrees, halfDegrees));
        return Math.Max(south, north);
    }
}
