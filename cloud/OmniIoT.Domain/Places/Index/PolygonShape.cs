using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// A polygon, or several, as packed: what is the same for all vertices, where each ring ends, the vertices, for many of them which edges
/// lie beside each row of the fence's cells, and the border where it is not all of the edges.
/// </summary>
internal readonly ref struct PolygonShape
{
    private readonly Head _head;
    private readonly ReadOnlySpan<int> _rings;
    private readonly ReadOnlySpan<byte> _vertices;
    private readonly int _rows;
    private readonly int _stride;
    private readonly int _yAt;
    private readonly long _leastY;
    private readonly ulong _maskY;

    /// <param name="packed">From the head on; eight bytes more than the shape takes can be read.</param>
    /// <param name="rows">Of the fence's frame.</param>
    public PolygonShape(ReadOnlySpan<byte> packed, int rows)
    {
        _head = MemoryMarshal.Read<Head>(packed);
        int vertices = Unsafe.SizeOf<Head>() + (sizeof(int) * _head.Rings);
        _rings = MemoryMarshal.Cast<byte, int>(packed[Unsafe.SizeOf<Head>()..vertices]);
        _vertices = packed[vertices..];
        _rows = rows;
        (_yAt, _stride) = (_head.X.Bytes, _head.X.Bytes + _head.Y.Bytes);
        (_leastY, _maskY) = (_head.Y.Least, _head.Y.Mask);
    }

    private int Vertices => _rings[^1] >> 1;

    private int BorderAt => !_head.Has(Parts.Rows) ? Vertices * _stride : ListsAt + (EdgeBytes(Vertices) * RowStarts[_rows]);

    private ReadOnlySpan<ushort> RowStarts =>
        MemoryMarshal.Cast<byte, ushort>(_vertices.Slice(Vertices * _stride, sizeof(ushort) * (_rows + 1)));

    private int ListsAt => (Vertices * _stride) + (sizeof(ushort) * (_rows + 1));

    /// <summary>Bytes of an edge's number in the lists by rows, of a fence of so many vertices.</summary>
    public static int EdgeBytes(int vertices) => vertices <= 256 ? 1 : sizeof(ushort);

    /// <summary>Whether the point lies within or on the border, exactly.</summary>
    /// <param name="row">The point's row of the fence's frame.</param>
    public bool Covers(Position point, int row) =>
        Covers(point.LongitudeDegrees, point.LatitudeDegrees, row)
        || (_head.Has(Parts.EastTurn) && Covers(point.LongitudeDegrees + 360, point.LatitudeDegrees, row))
        || (_head.Has(Parts.WestTurn) && Covers(point.LongitudeDegrees - 360, point.LatitudeDegrees, row));

    public double DistanceToBorderMeters(Position point)
    {
        double nearest = double.PositiveInfinity;
        if (_head.Has(Parts.Border))
        {
            int count = MemoryMarshal.Read<int>(_vertices[BorderAt..]);
            foreach (Edge edge in MemoryMarshal.Cast<byte, Edge>(_vertices[(BorderAt + sizeof(int))..])[..count])
                nearest = Math.Min(nearest, edge.SquaredMetersFrom(point));
            return Math.Sqrt(nearest);
        }

        int first = 0;
        foreach (int ring in _rings)
        {
            for (int i = first; i < (ring >> 1) - 1; i++)
                nearest = Math.Min(nearest, EdgeAt(i).SquaredMetersFrom(point));
            first = ring >> 1;
        }

        return Math.Sqrt(nearest);
    }

    /// <summary>The area, within ±180°.</summary>
    public FenceGeometry Geometry()
    {
        List<List<Ring>> polygons = [];
        int first = 0;
        foreach (int ring in _rings)
        {
            ImmutableArray<Position>.Builder vertices = ImmutableArray.CreateBuilder<Position>((ring >> 1) - first);
            for (; first < ring >> 1; first++)
                vertices.Add(new Position(Y(first), Unrolled.Rolled(X(first))));
            if ((ring & 1) != 0)
                polygons.Add([]);
            polygons[^1].Add(new Ring(vertices.MoveToImmutable()));
        }

        return _head.Has(Parts.Multi) ? new MultiPolygon([.. polygons.Select(PolygonOf)]) : PolygonOf(polygons[0]);
    }

    private static Polygon PolygonOf(List<Ring> rings) => new(rings[0], [.. rings.Skip(1)]);

    // By the parity of the edges to the point's east.
    private bool Covers(double x, double y, int row)
    {
        long floor = _head.Y.Floor(y);
        long ceiling = _head.Y.Value(floor) == y ? floor : floor + 1;
        bool odd = false;
        if (_head.Has(Parts.Rows))
            return CoversBeside(row, x, y, floor, ceiling);

        int first = 0;
        foreach (int ring in _rings)
        {
            long before = YNumber(first);
            for (int edge = first; edge < (ring >> 1) - 1; edge++)
            {
                long next = YNumber(edge + 1);
                if (Meets(before, next, floor, ceiling) && Lies(edge, x, y, ref odd))
                    return true;
                before = next;
            }

            first = ring >> 1;
        }

        return odd;
    }

    private bool CoversBeside(int row, double x, double y, long floor, long ceiling)
    {
        bool odd = false;
        int bytes = EdgeBytes(Vertices);
        ReadOnlySpan<ushort> starts = RowStarts;
        ReadOnlySpan<byte> edges = _vertices.Slice(ListsAt + (bytes * starts[row]), bytes * (starts[row + 1] - starts[row]));
        for (int at = 0; at < edges.Length; at += bytes)
        {
            int edge = bytes == 1 ? edges[at] : MemoryMarshal.Read<ushort>(edges[at..]);
            if (Meets(YNumber(edge), YNumber(edge + 1), floor, ceiling) && Lies(edge, x, y, ref odd))
                return true;
        }

        return odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Meets(long one, long other, long floor, long ceiling) =>
        (one <= floor || other <= floor) && (one >= ceiling || other >= ceiling);

    // Whether the point, which is not above or below the edge, lies on it; an edge to its east changes the parity.
    private bool Lies(int index, double x, double y, ref bool odd)
    {
        Edge edge = EdgeAt(index);
        if (x > edge.X1 && x > edge.X2)
            return false;
        if (edge.Y1 == edge.Y2)
            return x >= Math.Min(edge.X1, edge.X2);
        int side = x < edge.X1 && x < edge.X2 ? 1 : Orientation.Sign(edge.X1, edge.Y1, edge.X2, edge.Y2, x, y);

        // The upper end is left out, so that a vertex between two edges counts once.
        odd ^= side > 0 && y < edge.Y2;
        return side == 0;
    }

    private Edge EdgeAt(int index) => Edge.Of(new Position(Y(index), X(index)), new Position(Y(index + 1), X(index + 1)));

    private double X(int vertex) => _head.X.Value(_head.X.Least + Read(vertex * _stride, _head.X.Mask));

    private double Y(int vertex) => _head.Y.Value(YNumber(vertex));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long YNumber(int vertex) => _leastY + Read((vertex * _stride) + _yAt, _maskY);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Read(int at, ulong mask) =>
        (long)(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_vertices), at)) & mask);

    /// <summary>What a shape has beside its vertices, and where it must be looked for.</summary>
    [Flags]
    public enum Parts : byte
    {
        None = 0,
        Multi = 1,
        Rows = 2,
        Border = 4,

        /// <summary>It reaches 180° or beyond.</summary>
        EastTurn = 8,

        /// <summary>It reaches −180° or beyond.</summary>
        WestTurn = 16,
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public readonly record struct Head(Axis X, Axis Y, int Rings, Parts Parts)
    {
        public bool Has(Parts part) => (Parts & part) != 0;
    }
}
