namespace OmniIoT.Domain.Places.Index;

/// <summary>The rings of a polygon, or of several, in one piece each across the antimeridian, about to be packed.</summary>
/// <param name="Vertices">Ring after ring, each with its closing one.</param>
/// <param name="Rings">For each ring twice where it ends among the vertices, and one more when it is an outer one.</param>
/// <param name="Edges">Between vertices of one ring, without those of no length.</param>
internal sealed record PolygonSides(Position[] Vertices, int[] Rings, Edge[] Edges)
{
    /// <summary>Fewer edges are looked at one by one, more are sorted by the rows that they stand in.</summary>
    private const int FewEdges = 24;

    // A tall edge stands in many rows: rather one list of all edges than more memory than this per edge.
    private const int MaxCopiesPerEdge = 8;

    // Columns or rows (0.6 mm) that a border is widened by before cells are marked: covers the rounding of a point's way to its cell.
    private const double Margin = 1.0 / 16;

    // Degrees. Only a polygon that is nearly once around the earth can border on itself.
    private const double NearlyAround = 359;

    public double West { get; } = Vertices.Min(vertex => vertex.LongitudeDegrees);

    public double East { get; } = Vertices.Max(vertex => vertex.LongitudeDegrees);

    public static PolygonSides Of(IReadOnlyList<Polygon> polygons)
    {
        List<Position> vertices = [];
        List<int> rings = [];
        List<Edge> edges = [];
        foreach (Polygon polygon in polygons is [var only] && IsInOnePiece(only) ? polygons : Unrolled.Polygons(polygons))
        {
            foreach (Ring ring in polygon.Holes.Prepend(polygon.Shell))
            {
                vertices.AddRange(ring.Vertices);
                rings.Add((2 * vertices.Count) + (ReferenceEquals(ring, polygon.Shell) ? 1 : 0));
                for (int i = 1; i < ring.Vertices.Length; i++)
                {
                    if (ring.Vertices[i] != ring.Vertices[i - 1])
                        edges.Add(Edge.Of(ring.Vertices[i - 1], ring.Vertices[i]));
                }
            }
        }

        return new PolygonSides([.. vertices], [.. rings], [.. edges]);
    }

    /// <summary>The least frame of at most so many cells either way.</summary>
    public RasterFrame Frame(int most)
    {
        double south = Vertices.Min(vertex => vertex.LatitudeDegrees);
        double north = Vertices.Max(vertex => vertex.LatitudeDegrees);
        return RasterFrame.Over(ColumnOf(West) - Margin, RowOf(south) - Margin, ColumnOf(East) + Margin, RowOf(north) + Margin, most);
    }

    /// <summary>The edges where the area borders on the outside; null when that is all of them.</summary>
    public Edge[]? Border()
    {
        bool mayMeet = Rings.Count(ring => (ring & 1) != 0) > 1 || East - West > NearlyAround;
        return mayMeet && Outline.Of(Edges) is var border && !ReferenceEquals(border, Edges) ? border : null;
    }

    /// <summary>
    /// The edges beside each row of a frame, by the vertex that they begin at, and where each row's begin; null: all beside all.
    /// </summary>
    public (ushort[] Starts, ushort[] Edges)? Rows(RasterFrame frame)
    {
        if (Edges.Length <= FewEdges || Vertices.Length > ushort.MaxValue)
            return null;
        List<ushort>[] rows = [.. Enumerable.Range(0, frame.Height).Select(_ => new List<ushort>())];
        int copies = 0;
        foreach ((int first, int end) in RingSpans())
        {
            for (int i = first; i < end - 1; i++)
            {
                (int bottom, int top) = RowsOf(Vertices[i], Vertices[i + 1], frame);
                copies += top - bottom + 1;
                if (copies > Math.Min(MaxCopiesPerEdge * Edges.Length, ushort.MaxValue))
                    return null;
                for (int row = bottom; row <= top; row++)
                    rows[row].Add((ushort)i);
            }
        }

        ushort[] starts = new ushort[frame.Height + 1];
        for (int row = 0; row < rows.Length; row++)
            starts[row + 1] = (ushort)(starts[row] + rows[row].Count);
        return (starts, [.. rows.SelectMany(row => row)]);
    }

    /// <summary>Marks the frame's cells: those that an edge comes near, and those within.</summary>
    /// <param name="packed">The fence, but for its raster.</param>
    public void Mark(RasterFrame frame, Span<byte> raster, PackedFence packed)
    {
        foreach (Edge edge in Edges)
            MarkEdge(edge, frame, raster);
        for (int row = 0; row < frame.Height; row++)
        {
            CellState? beside = null;
            for (int column = 0; column < frame.Width; column++)
            {
                int cell = (row * frame.Width) + column;
                if (Raster.At(raster, cell) == CellState.Edge)
                {
                    beside = null;
                    continue;
                }

                // No edge passes through the cell, so its middle speaks for all of it, and for the next one that no edge parts from it.
                beside ??= packed.CoversExactly(MiddleOf(frame, column, row), row) ? CellState.Inside : CellState.Outside;
                Raster.Set(raster, cell, beside.Value);
            }
        }
    }

    private static Position MiddleOf(RasterFrame frame, int column, int row)
    {
        double size = 1L << frame.Shift;
        return new Position(
            Grid.Latitude((frame.Row + row + 0.5) * size),
            Grid.Longitude(((frame.Column + column + 0.5) * size) % Grid.Around)
        );
    }

    private static void MarkEdge(Edge edge, RasterFrame frame, Span<byte> raster)
    {
        (double x1, double y1, double x2, double y2) = (ColumnOf(edge.X1), RowOf(edge.Y1), ColumnOf(edge.X2), RowOf(edge.Y2));
        double columnsPerRow = y2 > y1 ? (x2 - x1) / (y2 - y1) : 0;
        (double size, long bottom) = (1L << frame.Shift, frame.Row);
        long last = Math.Min((long)Math.Floor((y2 + Margin) / size) - bottom, frame.Height - 1);
        for (long row = Math.Max((long)Math.Floor((y1 - Margin) / size) - bottom, 0); row <= last; row++)
        {
            // The stretch of the edge beside the row.
            double from = Math.Clamp(((bottom + row) * size) - Margin, y1, y2);
            double to = Math.Clamp(((bottom + row + 1) * size) + Margin, y1, y2);
            (double a, double b) = y2 > y1 ? (x1 + ((from - y1) * columnsPerRow), x1 + ((to - y1) * columnsPerRow)) : (x1, x2);
            MarkColumns(Math.Min(a, b) - Margin, Math.Max(a, b) + Margin, (int)row, frame, raster);
        }
    }

    private static void MarkColumns(double from, double to, int row, RasterFrame frame, Span<byte> raster)
    {
        (long first, long last) = ((long)Math.Floor(from) >> frame.Shift, (long)Math.Floor(to) >> frame.Shift);
        for (long cell = first; cell <= Math.Min(last, first + frame.Width - 1); cell++)
        {
            long column = frame.ColumnOf(cell);
            if (column < frame.Width)
                Raster.Set(raster, (row * frame.Width) + (int)column, CellState.Edge);
        }
    }

    private static (int Bottom, int Top) RowsOf(Position a, Position b, RasterFrame frame)
    {
        int one = (int)((Grid.Row(a.LatitudeDegrees) >> frame.Shift) - frame.Row);
        int other = (int)((Grid.Row(b.LatitudeDegrees) >> frame.Shift) - frame.Row);
        return (Math.Min(one, other), Math.Max(one, other));
    }

    // Nearly all are, and unrolling takes as long as all else.
    private static bool IsInOnePiece(Polygon polygon)
    {
        bool isShort = HasShortSteps(polygon.Shell);
        foreach (Ring hole in polygon.Holes)
            isShort &= HasShortSteps(hole);
        return isShort;
    }

    private static bool HasShortSteps(Ring ring)
    {
        for (int i = 1; i < ring.Vertices.Length; i++)
        {
            if (Math.Abs(ring.Vertices[i].LongitudeDegrees - ring.Vertices[i - 1].LongitudeDegrees) > 180)
                return false;
        }

        return true;
    }

    private IEnumerable<(int First, int End)> RingSpans() => Rings.Select((ring, i) => (i == 0 ? 0 : Rings[i - 1] >> 1, ring >> 1));

    private static double ColumnOf(double longitude) => (longitude + 180) * Grid.PerDegree;

    private static double RowOf(double latitude) => (latitude + 90) * Grid.PerDegree;
}
