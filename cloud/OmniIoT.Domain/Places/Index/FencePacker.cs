using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OmniIoT.Domain.Places.Index;

/// <summary>Packs fences one after the other; of one thread.</summary>
internal sealed class FencePacker
{
    /// <summary>Bytes behind a packed fence that readers may touch.</summary>
    public const int Slack = sizeof(ulong);

    /// <summary>Cells of a frame either way: those of a shop are about ten metres, and its raster takes half a cache line.</summary>
    private const int FewCells = 16;

    /// <summary>For those whose exact test is dear.</summary>
    private const int ManyCells = 32;

    private const int ManyVertices = 64;

    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <exception cref="OverflowException">A name takes more than 65,535 bytes.</exception>
    public byte[] Pack(Fence fence)
    {
        _length = 0;
        PackedFence.Head head = fence.Geometry switch
        {
            Circle circle => Write(new CircleShape(circle)),
            Polygon polygon => Write(PolygonSides.Of([polygon]), isMulti: false),
            MultiPolygon multi => Write(PolygonSides.Of(multi.Polygons), isMulti: true),
            _ => throw new ArgumentException($"A fence cannot be a {fence.Geometry.GetType().Name}.", nameof(fence)),
        };
        head = head with { NamesAt = _length };
        MemoryMarshal.Write(_buffer, head);
        WriteNames(fence.Id, fence.SiteId, fence.Name);
        return _buffer[.._length];
    }

    private PackedFence.Head Write(CircleShape circle)
    {
        PackedFence.Head head = new(circle.Frame(FewCells), 0, 0, IsCircle: true);
        Take(Unsafe.SizeOf<PackedFence.Head>());
        circle.Mark(head.Frame, Take(head.Frame.Bytes));
        Put(circle);
        return head;
    }

    private PackedFence.Head Write(PolygonSides sides, bool isMulti)
    {
        RasterFrame frame = sides.Frame(sides.Vertices.Length > ManyVertices ? ManyCells : FewCells);
        PackedFence.Head head = new(frame, 0, 0, IsCircle: false);
        Take(Unsafe.SizeOf<PackedFence.Head>());
        MemoryMarshal.Write(_buffer, head);
        int raster = _length;
        Take(frame.Bytes);
        WriteShape(sides, frame, isMulti);
        Reserve(Slack);
        PackedFence packed = new(_buffer);
        sides.Mark(frame, _buffer.AsSpan(raster, frame.Bytes), packed);
        return head;
    }

    private void WriteShape(PolygonSides sides, RasterFrame frame, bool isMulti)
    {
        Axis x = Axis.Of([.. sides.Vertices.Select(vertex => vertex.LongitudeDegrees)]);
        Axis y = Axis.Of([.. sides.Vertices.Select(vertex => vertex.LatitudeDegrees)]);
        (ushort[] Starts, ushort[] Edges)? rows = sides.Rows(frame);
        Edge[]? border = sides.Border();
        PolygonShape.Parts parts =
            (isMulti ? PolygonShape.Parts.Multi : 0)
            | (rows is null ? 0 : PolygonShape.Parts.Rows)
            | (border is null ? 0 : PolygonShape.Parts.Border)
            | (sides.East >= 180 ? PolygonShape.Parts.EastTurn : 0)
            | (sides.West <= -180 ? PolygonShape.Parts.WestTurn : 0);
        Put(new PolygonShape.Head(x, y, sides.Rings.Length, parts));
        Put<int>(sides.Rings);
        foreach (Position vertex in sides.Vertices)
        {
            Put(x.Number(vertex.LongitudeDegrees) - x.Least, x.Bytes);
            Put(y.Number(vertex.LatitudeDegrees) - y.Least, y.Bytes);
        }

        if (rows is { } lists)
        {
            Put<ushort>(lists.Starts);
            int bytes = PolygonShape.EdgeBytes(sides.Vertices.Length);
            foreach (ushort edge in lists.Edges)
                Put(edge, bytes);
        }

        if (border is not null)
        {
            Put(border.Length);
            Put<Edge>(border);
        }
    }

    private void WriteNames(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            Put(checked((ushort)Encoding.UTF8.GetByteCount(name)));
        foreach (string name in names)
            Encoding.UTF8.GetBytes(name, Take(Encoding.UTF8.GetByteCount(name)));
    }

    private void Put<T>(T value)
        where T : unmanaged => MemoryMarshal.Write(Take(Unsafe.SizeOf<T>()), value);

    private void Put<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).CopyTo(Take(Unsafe.SizeOf<T>() * values.Length));

    // Little-endian, as every machine that the runtime runs on.
    private void Put(long number, int bytes) => MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number))[..bytes].CopyTo(Take(bytes));

    private Span<byte> Take(int bytes)
    {
        Reserve(bytes);
        Span<byte> taken = _buffer.AsSpan(_length, bytes);
        taken.Clear();
        _length += bytes;
        return taken;
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + bytes));
    }
}
