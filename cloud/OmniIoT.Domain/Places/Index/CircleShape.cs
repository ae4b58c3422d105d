namespace OmniIoT.Domain.Places.Index;

internal sealed class CircleShape : FenceShape
{
    // Far above the rounding of a distance, which grows towards the antipode, far below any accuracy.
    private const double MarginMeters = 1;

    // Relative rounding of a haversine is some 1e-15.
    private const double Doubt = 1e-12;

    private readonly Circle _circle;
    private readonly double _cosineOfLatitude;
    private readonly double _haversineOfRadius;

    public CircleShape(Fence fence, Circle circle)
        : base(fence)
    {
        _circle = circle;
        _cosineOfLatitude = Math.Cos(circle.Center.LatitudeDegrees * Geodesy.RadiansPerDegree);
        double halfAngle = Math.Sin(circle.RadiusMeters / Geodesy.EarthRadiusMeters / 2);
        _haversineOfRadius = halfAngle * halfAngle;
        Bounds = BoundsOf(circle.Center, (circle.RadiusMeters + MarginMeters) / Geodesy.EarthRadiusMeters);
    }

    public override Bounds Bounds { get; }

    public override bool DividesBorder => false;

    public override bool Covers(double latitude, double longitude)
    {
        if (latitude < Bounds.South || latitude > Bounds.North)
            return false;

        // The distance grows with its haversine, so that the root and the arc sine are needed only on the very border.
        double halfLatitude = Math.Sin((latitude - _circle.Center.LatitudeDegrees) * (Geodesy.RadiansPerDegree / 2));
        double halfLongitude = Math.Sin((longitude - _circle.Center.LongitudeDegrees) * (Geodesy.RadiansPerDegree / 2));
        double parallels = _cosineOfLatitude * Math.Cos(latitude * Geodesy.RadiansPerDegree);
        double haversine = (halfLatitude * halfLatitude) + (parallels * halfLongitude * halfLongitude);
        if (Math.Abs(haversine - _haversineOfRadius) > Doubt * _haversineOfRadius)
            return haversine < _haversineOfRadius;
        return DistanceFromCenter(latitude, longitude) <= _circle.RadiusMeters;
    }

    public override double DistanceToBorderMeters(double latitude, double longitude) =>
        Math.Abs(DistanceFromCenter(latitude, longitude) - _circle.RadiusMeters);

    public override CellMarks Mark(GridNode node)
    {
        (ulong inside, ulong border) = (0, 0);
        for (int row = 0; row < 8; row++)
        {
            double latitude = node.South + ((row + 0.5) * node.CellHeight);
            if (latitude + node.CellHeight < Bounds.South || latitude - node.CellHeight > Bounds.North)
                continue;
            double reach = Reach(node, latitude) + MarginMeters;
            for (int column = 0; column < 8; column++)
            {
                ulong bit = 1UL << ((row << 3) | column);
                double distance = DistanceFromCenter(latitude, node.West + ((column + 0.5) * node.CellWidth));
                if (distance + reach <= _circle.RadiusMeters)
                    inside |= bit;
                else if (distance - reach <= _circle.RadiusMeters)
                    border |= bit;
            }
        }

        return new CellMarks(inside, border);
    }

    // Distance from a cell's middle to its farthest point, which is a corner.
    private static double Reach(GridNode node, double latitude)
    {
        Position middle = new(latitude, 0);
        double south = Geodesy.DistanceMeters(middle, new Position(latitude - (node.CellHeight / 2), node.CellWidth / 2));
        double north = Geodesy.DistanceMeters(middle, new Position(latitude + (node.CellHeight / 2), node.CellWidth / 2));
        return Math.Max(south, north);
    }

    private static Bounds BoundsOf(Position center, double angle)
    {
        double degrees = angle / Geodesy.RadiansPerDegree;
        double south = center.LatitudeDegrees - degrees;
        double north = center.LatitudeDegrees + degrees;
        if (south <= -90 || north >= 90)
            return new Bounds(Math.Max(south, -90), -180, Math.Min(north, 90), 180);

        // The meridians that touch the circle do so nearer to the pole than its centre.
        double halfWidth =
            Math.Asin(Math.Sin(angle) / Math.Cos(center.LatitudeDegrees * Geodesy.RadiansPerDegree)) / Geodesy.RadiansPerDegree;
        return new Bounds(south, center.LongitudeDegrees - halfWidth, north, center.LongitudeDegrees + halfWidth);
    }

    private double DistanceFromCenter(double latitude, double longitude) =>
        Geodesy.DistanceMeters(_circle.Center, new Position(latitude, longitude));
}
