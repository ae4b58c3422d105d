namespace OmniIoT.Domain.Places.Index;

internal sealed class PolygonShape : FenceShape
{
    private const int ManyEdges = 32;

    // Widens a cell before edges are tested against it, degrees (0.1 mm): covers the rounding of the point's way to its cell.
    private const double Margin = 1e-9;

    private readonly EdgeStrips _edges;
    private readonly Edge[] _border;

    public PolygonShape(Fence fence, IEnumerable<Polygon> polygons)
        : base(fence)
    {
        Edge[] edges = [.. Unrolled.Polygons(polygons).SelectMany(polygon => polygon.Holes.Prepend(polygon.Shell)).SelectMany(EdgesOf)];
        _edges = new EdgeStrips(edges);
        _border = Outline.Of(edges);
        Bounds = new Bounds(
            edges.Min(edge => edge.Y1),
            edges.Min(edge => Math.Min(edge.X1, edge.X2)),
            edges.Max(edge => edge.Y2),
            edges.Max(edge => Math.Max(edge.X1, edge.X2))
        );
        DividesBorder = edges.Length > ManyEdges;
    }

    public override Bounds Bounds { get; }

    public override bool DividesBorder { get; }

    public override bool Covers(double latitude, double longitude) =>
        CoversUnrolled(latitude, longitude)
        || (Bounds.East >= 180 && CoversUnrolled(latitude, longitude + 360))
        || (Bounds.West <= -180 && CoversUnrolled(latitude, longitude - 360));

    public override double DistanceToBorderMeters(double latitude, double longitude)
    {
        // Equirectangular around the point: exact for what is near, and only what is near matters. An edge beyond the antimeridian
        // is moved by a whole turn.
        double xScale = Geodesy.MetersPerDegree * Math.Cos(latitude * Geodesy.RadiansPerDegree);
        double nearest = double.PositiveInfinity;
        foreach (ref readonly Edge border in _border.AsSpan())
        {
            Edge edge = border.MovedBy(360 * Math.Round((longitude - ((border.X1 + border.X2) / 2)) / 360));
            nearest = Math.Min(
                nearest,
                SquaredDistanceFromOrigin(
                    (edge.X1 - longitude) * xScale,
                    (edge.Y1 - latitude) * Geodesy.MetersPerDegree,
                    (edge.X2 - longitude) * xScale,
                    (edge.Y2 - latitude) * Geodesy.MetersPerDegree
                )
            );
        }

        return Math.Sqrt(nearest);
    }

    public override CellMarks Mark(GridNode node)
    {
        ulong border = CellsTouched(node, turn: 0);
        if (Bounds.East >= 180)
            border |= CellsTouched(node, turn: -360);
        if (Bounds.West <= -180)
            border |= CellsTouched(node, turn: 360);

        ulong inside = 0;
        for (int slot = 0; slot < 64; slot++)
        {
            double latitude = node.South + (((slot >> 3) + 0.5) * node.CellHeight);
            double longitude = node.West + (((slot & 7) + 0.5) * node.CellWidth);

            // No edge passes through the cell, so its middle speaks for all of it.
            if ((border & (1UL << slot)) == 0 && Covers(latitude, longitude))
                inside |= 1UL << slot;
        }

        return new CellMarks(inside, border);
    }

    private bool CoversUnrolled(double latitude, double longitude) =>
        Bounds.Contains(latitude, longitude) && _edges.Covers(longitude, latitude);

    private ulong CellsTouched(GridNode node, double turn)
    {
        ulong touched = 0;
        foreach (ref readonly Edge edge in _edges.All)
            touched |= CellsTouchedBy(edge.MovedBy(turn), node);
        return touched;
    }

    private static IEnumerable<Edge> EdgesOf(Ring ring) =>
        ring.Vertices.Zip(ring.Vertices.Skip(1), Edge.Of).Where(edge => edge.X1 != edge.X2 || edge.Y1 != edge.Y2);

    private static ulong CellsTouchedBy(in Edge edge, GridNode node)
    {
        (double width, double height, double west, double south) = (node.CellWidth, node.CellHeight, node.West, node.South);
        (int firstColumn, int lastColumn) = Range(
            (Math.Min(edge.X1, edge.X2) - west) / width,
            (Math.Max(edge.X1, edge.X2) - west) / width,
            Margin / width
        );
        (int firstRow, int lastRow) = Range((edge.Y1 - south) / height, (edge.Y2 - south) / height, Margin / height);
        ulong touched = 0;
        for (int row = firstRow; row <= lastRow; row++)
        {
            for (int column = firstColumn; column <= lastColumn; column++)
            {
                Bounds cell = new(
                    south + (row * height) - Margin,
                    west + (column * width) - Margin,
                    south + ((row + 1) * height) + Margin,
                    west + ((column + 1) * width) + Margin
                );
                if (!LiesBeside(edge, cell))
                    touched |= 1UL << ((row << 3) | column);
            }
        }

        return touched;
    }

    private static (int First, int Last) Range(double from, double to, double margin) =>
        ((int)Math.Clamp(Math.Floor(from - margin), 0, 8), (int)Math.Clamp(Math.Floor(to + margin), -1, 7));

    // The whole cell lies on one side of the edge's line. Rounding is far below the margin.
    private static bool LiesBeside(in Edge edge, Bounds cell)
    {
        double dx = edge.X2 - edge.X1;
        double dy = edge.Y2 - edge.Y1;
        double southWest = (dx * (cell.South - edge.Y1)) - (dy * (cell.West - edge.X1));
        double southEast = (dx * (cell.South - edge.Y1)) - (dy * (cell.East - edge.X1));
        double northWest = (dx * (cell.North - edge.Y1)) - (dy * (cell.West - edge.X1));
        double northEast = (dx * (cell.North - edge.Y1)) - (dy * (cell.East - edge.X1));
        return (southWest > 0 && southEast > 0 && northWest > 0 && northEast > 0)
            || (southWest < 0 && southEast < 0 && northWest < 0 && northEast < 0);
    }

    private static double SquaredDistanceFromOrigin(double ax, double ay, double bx, double by)
    {
        double dx = bx - ax;
        double dy = by - ay;
        double along = Math.Clamp(-((ax * dx) + (ay * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
        double x = ax + (along * dx);
        double y = ay + (along * dy);
        return (x * x) + (y * y);
    }
}
