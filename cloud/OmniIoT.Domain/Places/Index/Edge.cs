namespace OmniIoT.Domain.Places.Index;

/// <summary>A side of a ring in degrees, x east and y north, the southern end first; x may run on across the antimeridian.</summary>
internal readonly record struct Edge(double X1, double Y1, double X2, double Y2)
{
    public double Length => Math.Sqrt(((X2 - X1) * (X2 - X1)) + ((Y2 - Y1) * (Y2 - Y1)));

    public static Edge Of(Position a, Position b) =>
        a.LatitudeDegrees <= b.LatitudeDegrees
            ? new(a.LongitudeDegrees, a.LatitudeDegrees, b.LongitudeDegrees, b.LatitudeDegrees)
            : new(b.LongitudeDegrees, b.LatitudeDegrees, a.LongitudeDegrees, a.LatitudeDegrees);

    /// <summary>The edge moved east by whole turns or parts of one.</summary>
    public Edge MovedBy(double degrees) => new(X1 + degrees, Y1, X2 + degrees, Y2);

    /// <summary>The edge moved by whole turns to where another one is.</summary>
    public Edge Beside(in Edge other) => MovedBy(360 * Math.Round((other.X1 + other.X2 - X1 - X2) / 720));

    /// <summary>Their boxes come within a distance in degrees.</summary>
    public bool MayTouch(in Edge other, double near) =>
        Y1 <= other.Y2 + near
        && other.Y1 <= Y2 + near
        && Math.Min(X1, X2) <= Math.Max(other.X1, other.X2) + near
        && Math.Min(other.X1, other.X2) <= Math.Max(X1, X2) + near;

    /// <summary>Where on the edge's line a point is nearest, as a fraction of its length from the southern end.</summary>
    public double Project(double x, double y)
    {
        (double dx, double dy) = (X2 - X1, Y2 - Y1);
        return (((x - X1) * dx) + ((y - Y1) * dy)) / ((dx * dx) + (dy * dy));
    }

    /// <summary>The point at a fraction of its length; the ends exactly.</summary>
    public (double X, double Y) At(double fraction) =>
        fraction == 1 ? (X2, Y2) : (X1 + (fraction * (X2 - X1)), Y1 + (fraction * (Y2 - Y1)));

    /// <summary>The stretch between two fractions of its length.</summary>
    public Edge Between(double from, double to)
    {
        ((double x1, double y1), (double x2, double y2)) = (At(from), At(to));
        return new Edge(x1, y1, x2, y2);
    }

    /// <summary>
    /// Squared distance from a point, by the plane around it: exact for what is near, and only what is near matters. An edge beyond the
    /// antimeridian is moved by a whole turn.
    /// </summary>
    public double SquaredMetersFrom(Position point)
    {
        double xScale = Geodesy.MetersPerDegree * Math.Cos(point.LatitudeDegrees * Geodesy.RadiansPerDegree);
        Edge edge = MovedBy(360 * Math.Round((point.LongitudeDegrees - ((X1 + X2) / 2)) / 360));
        (double ax, double ay) = (edge.X1 - point.LongitudeDegrees, edge.Y1 - point.LatitudeDegrees);
        (double bx, double by) = (edge.X2 - point.LongitudeDegrees, edge.Y2 - point.LatitudeDegrees);
        return SquaredDistanceFromOrigin(ax * xScale, ay * Geodesy.MetersPerDegree, bx * xScale, by * Geodesy.MetersPerDegree);
    }

    private static double SquaredDistanceFromOrigin(double ax, double ay, double bx, double by)
    {
        double dx = bx - ax;
        double dy = by - ay;
        double squaredLength = (dx * dx) + (dy * dy);
        double along = squaredLength == 0 ? 0 : Math.Clamp(-((ax * dx) + (ay * dy)) / squaredLength, 0, 1);
        double x = ax + (along * dx);
        double y = ay + (along * dy);
        return (x * x) + (y * y);
    }
}
