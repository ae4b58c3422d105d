using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// Fences packed side by side, neighbours on the earth near one another, with the tree of cells over them and their ids. Never changes;
/// arrays alone, so that it is written to a file and read as it stands.
/// </summary>
internal sealed class FencePack
{
    /// <summary>Fences stand at multiples of so many bytes.</summary>
    public const int Step = 8;

    public static readonly FencePack Empty = Of([]);

    private readonly byte[] _packed;
    private readonly uint[] _offsets;
    private readonly int[] _ids;
    private readonly CellTree _tree;

    /// <summary>By number; those that were found once, so that finding them again costs nothing.</summary>
    private readonly Fence?[] _known;

    public FencePack(Arrays arrays)
    {
        (_packed, _offsets, _ids) = (arrays.Packed, arrays.Offsets, arrays.Ids);
        _tree = new CellTree(arrays.Words);
        _known = new Fence?[_offsets.Length];
        LargePages.Use(_packed);
        LargePages.Use(arrays.Words);
    }

    public int Count => _offsets.Length;

    /// <summary>All that it is made of.</summary>
    public Arrays Content => new(_packed, _offsets, _ids, _tree.Words);

    /// <summary>Packs packed fences, each from its head to its end; no two with one id.</summary>
    /// <exception cref="OverflowException">They take more than two gigabytes.</exception>
    public static FencePack Of(IReadOnlyList<ReadOnlyMemory<byte>> fences)
    {
        int[] order = [.. Enumerable.Range(0, fences.Count)];
        Array.Sort(Array.ConvertAll(order, i => PlaceOf(new PackedFence(fences[i].Span).Header.Frame)), order);
        byte[] packed = new byte[checked(fences.Sum(fence => Rounded(fence.Length)) + FencePacker.Slack)];
        uint[] offsets = new uint[fences.Count];
        int at = 0;
        for (int number = 0; number < order.Length; number++)
        {
            ReadOnlySpan<byte> fence = fences[order[number]].Span;
            fence.CopyTo(packed.AsSpan(at));
            MemoryMarshal.Write(packed.AsSpan(at), new PackedFence(fence).Header with { Number = number });
            offsets[number] = (uint)(at / Step);
            at += Rounded(fence.Length);
        }

        return new FencePack(new Arrays(packed, offsets, IdTable(packed, offsets), new CellTreeBuilder(packed).Build(offsets)));
    }

    /// <summary>Adds the fences that cover the point to the result, but for those that are gone.</summary>
    /// <param name="column">The point's on the grid, as is the row.</param>
    /// <param name="gone">Numbers, rising.</param>
    public void Match(Position point, uint column, uint row, ReadOnlySpan<int> gone, List<Fence> result)
    {
        CellTree.Cell cell = _tree.Root;
        for (int shift = CellTree.RootShift; cell.IsNode; shift -= 3)
        {
            foreach (uint whole in _tree.Wholes(cell.At))
                Add(whole >> 1, gone, result);
            cell = _tree.Next(cell.At, column, row, shift);
        }

        if (cell.IsFence)
        {
            if (At((uint)cell.At).Covers(point, column, row))
                Add((uint)cell.At, gone, result);
        }
        else if (cell.IsList)
        {
            foreach (uint entry in _tree.List(cell.At))
            {
                if ((entry & 1) != 0 || At(entry >> 1).Covers(point, column, row))
                    Add(entry >> 1, gone, result);
            }
        }
    }

    /// <summary>The number of the fence with an id; −1 when there is none.</summary>
    public int Find(string id)
    {
        Span<byte> utf8 = stackalloc byte[256];
        utf8 = Encoding.UTF8.TryGetBytes(id, utf8, out int length) ? utf8[..length] : Encoding.UTF8.GetBytes(id);
        for (int slot = SlotOf(utf8, _ids.Length); ; slot = (slot + 1) & (_ids.Length - 1))
        {
            int number = _ids[slot] - 1;
            if (number < 0 || Packed(number).HasId(utf8))
                return number;
        }
    }

    /// <summary>A fence by its number.</summary>
    public PackedFence Packed(int number) => At(_offsets[number]);

    /// <summary>The bytes of a fence, to be packed anew.</summary>
    public ReadOnlyMemory<byte> Bytes(int number) => _packed.AsMemory((int)_offsets[number] * Step, Packed(number).Length);

    public Fence Fence(int number)
    {
        if (_known[number] is { } known)
            return known;
        PackedFence fence = Packed(number);
        return _known[number] = new Fence(fence.Id, fence.SiteId, fence.Name, () => Packed(number).Geometry);
    }

    private void Add(uint offset, ReadOnlySpan<int> gone, List<Fence> result)
    {
        int number = At(offset).Header.Number;
        if (gone.IsEmpty || gone.BinarySearch(number) < 0)
            result.Add(_known[number] ?? Fence(number));
    }

    private PackedFence At(uint offset) => new(_packed.AsSpan((int)(offset * Step)));

    private static int Rounded(int bytes) => (bytes + Step - 1) / Step * Step;

    // Near one another on the earth, mostly near one another in order (Z-curve).
    private static ulong PlaceOf(RasterFrame frame) => Spread(frame.Column << frame.Shift) | (Spread(frame.Row << frame.Shift) << 1);

    private static ulong Spread(uint bits)
    {
        ulong spread = bits;
        spread = (spread | (spread << 16)) & 0x0000FFFF0000FFFF;
        spread = (spread | (spread << 8)) & 0x00FF00FF00FF00FF;
        spread = (spread | (spread << 4)) & 0x0F0F0F0F0F0F0F0F;
        spread = (spread | (spread << 2)) & 0x3333333333333333;
        return (spread | (spread << 1)) & 0x5555555555555555;
    }

    // Numbers plus one by the hash of their ids, half empty.
    private static int[] IdTable(byte[] packed, uint[] offsets)
    {
        int[] table = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, offsets.Length + (offsets.Length / 2)))];
        for (int number = 0; number < offsets.Length; number++)
        {
            int slot = SlotOf(new PackedFence(packed.AsSpan((int)offsets[number] * Step)).IdUtf8, table.Length);
            while (table[slot] != 0)
                slot = (slot + 1) & (table.Length - 1);
            table[slot] = number + 1;
        }

        return table;
    }

    // FNV-1a, 32 bits, folded: the same in every process, as the table may come from a file.
    private static int SlotOf(ReadOnlySpan<byte> id, int slots)
    {
        uint hash = 2166136261;
        foreach (byte part in id)
            hash = (hash ^ part) * 16777619;
        return (int)((hash ^ (hash >> 15)) & (uint)(slots - 1));
    }

    /// <param name="Packed">The fences, each at a multiple of <see cref="Step"/>.</param>
    /// <param name="Offsets">Where each stands, by number, in steps.</param>
    /// <param name="Ids">Numbers plus one by the hash of their ids; 0 where there is none.</param>
    /// <param name="Words">Of the <see cref="CellTree"/>.</param>
    internal sealed record Arrays(byte[] Packed, uint[] Offsets, int[] Ids, uint[] Words);
}
