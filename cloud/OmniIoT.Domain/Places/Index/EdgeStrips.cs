namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// The edges of a polygon's rings, sorted into strips of latitude, so that an exact test looks at the few edges beside the
/// point, however many the polygon has.
/// </summary>
internal sealed class EdgeStrips
{
    // A tall edge stands in many strips: fewer strips rather than more memory than this per edge.
    private const int MaxCopiesPerEdge = 8;

    private readonly Edge[] _edges;
    private readonly Edge[] _byStrip;
    private readonly int[] _starts;
    private readonly double _south;
    private readonly double _stripsPerDegree;

    public EdgeStrips(Edge[] edges)
    {
        _edges = edges;
        _south = edges.Min(edge => edge.Y1);
        double height = edges.Max(edge => edge.Y2) - _south;
        int strips = Math.Max(1, edges.Length / 4);
        while (true)
        {
            _starts = new int[strips + 1];
            _stripsPerDegree = strips / height;
            if (strips == 1 || CountCopies() <= MaxCopiesPerEdge * (long)edges.Length)
                break;
            strips /= 2;
        }

        _byStrip = strips == 1 ? edges : Distribute();
        if (strips == 1)
            _starts[1] = edges.Length;
    }

    public ReadOnlySpan<Edge> All => _edges;

    /// <summary>Whether the point lies within or on the border, exactly; by the parity of the edges to its east.</summary>
    public bool Covers(double x, double y)
    {
        int strip = StripOf(y);
        bool odd = false;
        foreach (ref readonly Edge edge in _byStrip.AsSpan(_starts[strip].._starts[strip + 1]))
        {
            if (y < edge.Y1 || y > edge.Y2 || (x > edge.X1 && x > edge.X2))
                continue;
            if (edge.Y1 == edge.Y2)
            {
                if (x >= Math.Min(edge.X1, edge.X2))
                    return true;
                continue;
            }

            int side = x < edge.X1 && x < edge.X2 ? 1 : Orientation.Sign(edge.X1, edge.Y1, edge.X2, edge.Y2, x, y);
            if (side == 0)
                return true;

            // The upper end is left out, so that a vertex between two edges counts once.
            odd ^= side > 0 && y < edge.Y2;
        }

        return odd;
    }

    private int StripOf(double y) => Math.Clamp((int)((y - _south) * _stripsPerDegree), 0, _starts.Length - 2);

    private long CountCopies()
    {
        long copies = 0;
        foreach (ref readonly Edge edge in _edges.AsSpan())
            copies += StripOf(edge.Y2) - StripOf(edge.Y1) + 1;
        return copies;
    }

    private Edge[] Distribute()
    {
        foreach (ref readonly Edge edge in _edges.AsSpan())
        {
            for (int strip = StripOf(edge.Y1); strip <= StripOf(edge.Y2); strip++)
                _starts[strip + 1]++;
        }

        for (int strip = 1; strip < _starts.Length; strip++)
            _starts[strip] += _starts[strip - 1];

        Edge[] byStrip = new Edge[_starts[^1]];
        int[] next = _starts[..^1];
        foreach (ref readonly Edge edge in _edges.AsSpan())
        {
            for (int strip = StripOf(edge.Y1); strip <= StripOf(edge.Y2); strip++)
                byStrip[next[strip]++] = edge;
        }

        return byStrip;
    }
}
