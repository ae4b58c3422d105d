using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// A fence as packed: a head, what is known of each cell of its frame, its shape, its names. All but its number is the same in every pack,
/// so that it can be copied from one to another.
/// </summary>
/// <param name="packed">From its head on; eight bytes more than it takes can be read.</param>
internal readonly ref struct PackedFence(ReadOnlySpan<byte> packed)
{
    private readonly ReadOnlySpan<byte> _packed = packed;

    public ref readonly Head Header => ref MemoryMarshal.AsRef<Head>(_packed);

    public string Id => Text(0);

    public string SiteId => Text(1);

    public string Name => Text(2);

    /// <summary>Whether its id is this one, in UTF-8.</summary>
    public bool HasId(ReadOnlySpan<byte> id) => TextOf(0).SequenceEqual(id);

    public ReadOnlySpan<byte> IdUtf8 => TextOf(0);

    /// <summary>Bytes that it takes.</summary>
    public int Length => Header.NamesAt + NameHead + Lengths(0) + Lengths(1) + Lengths(2);

    public FenceGeometry Geometry => Header.IsCircle ? Circle.Circle : Polygon.Geometry();

    private const int NameHead = 3 * sizeof(ushort);

    private ReadOnlySpan<byte> Raster => _packed[Unsafe.SizeOf<Head>()..];

    private ReadOnlySpan<byte> Shape => _packed[(Unsafe.SizeOf<Head>() + Header.Frame.Bytes)..];

    private CircleShape Circle => MemoryMarshal.Read<CircleShape>(Shape);

    private PolygonShape Polygon => new(Shape, Header.Frame.Height);

    /// <summary>Whether the point lies within or on the border.</summary>
    /// <param name="column">The point's on the grid, as is the row.</param>
    public bool Covers(Position point, uint column, uint row)
    {
        int cell = Header.Frame.CellOf(column, row);
        if (cell < 0)
            return false;
        CellState state = Index.Raster.At(Raster, cell);
        return state == CellState.Edge ? CoversExactly(point, cell / Header.Frame.Width) : state == CellState.Inside;
    }

    /// <summary>The same without the cells' help.</summary>
    /// <param name="frameRow">The point's row of the frame.</param>
    public bool CoversExactly(Position point, int frameRow) => Header.IsCircle ? Circle.Covers(point) : Polygon.Covers(point, frameRow);

    public double DistanceToBorderMeters(Position point) =>
        Header.IsCircle ? Circle.DistanceToBorderMeters(point) : Polygon.DistanceToBorderMeters(point);

    /// <summary>What is known of all points of a square of the grid, 2^shift columns and rows from a corner on.</summary>
    public CellState Of(uint column, uint row, int shift)
    {
        RasterFrame frame = Header.Frame;
        if (shift <= frame.Shift)
            return frame.CellOf(column, row) is >= 0 and var cell ? Index.Raster.At(Raster, cell) : CellState.Outside;
        int side = 1 << Math.Min(shift - frame.Shift, 6);
        if (side > Math.Max(frame.Width, frame.Height))
            return CellState.Edge;
        (bool all, bool none) = (true, true);
        for (uint y = 0; y < side; y++)
        {
            for (uint x = 0; x < side; x++)
            {
                int at = frame.CellOf(column + (x << frame.Shift), row + (y << frame.Shift));
                CellState state = at < 0 ? CellState.Outside : Index.Raster.At(Raster, at);
                (all, none) = (all && state == CellState.Inside, none && state == CellState.Outside);
            }
        }

        return all ? CellState.Inside
            : none ? CellState.Outside
            : CellState.Edge;
    }

    private int Lengths(int text) => MemoryMarshal.Read<ushort>(_packed[(Header.NamesAt + (sizeof(ushort) * text))..]);

    private ReadOnlySpan<byte> TextOf(int text)
    {
        int at = Header.NamesAt + NameHead;
        for (int before = 0; before < text; before++)
            at += Lengths(before);
        return _packed.Slice(at, Lengths(text));
    }

    private string Text(int text) => Encoding.UTF8.GetString(TextOf(text));

    /// <param name="Frame">The cells that hold it.</param>
    /// <param name="Number">Which of its pack's fences it is.</param>
    /// <param name="NamesAt">Where lengths and bytes of id, site's id and name begin.</param>
    /// <param name="IsCircle">Else it is a polygon or several.</param>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public readonly record struct Head(RasterFrame Frame, int Number, int NamesAt, bool IsCircle);
}
