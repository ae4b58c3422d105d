using System.Numerics;
using System.Runtime.InteropServices;

namespace OmniIoT.Domain.Places.Index;

/// <summary>Builds the tree of a pack, for <see cref="CellTree"/>.</summary>
/// <param name="packed">The fences, each at a multiple of eight bytes.</param>
internal sealed class CellTreeBuilder(byte[] packed)
{
    /// <summary>Fences with an edge in a cell that is not divided for them.</summary>
    private const int FewFences = 2;

    /// <summary>
    /// A cell that is so many halvings larger than those of a fence's frame, twice the frame or more, is divided for one: looking a fence
    /// up costs more than one depth more, and most points of such a cell are far from it.
    /// </summary>
    private const int Roomy = 5;

    private const int LeastShift = 8;
    private const int WorldShift = 32;

    private readonly List<Item>[][] _parts = [.. Enumerable.Range(0, 9).Select(_ => NewLists())];
    private readonly List<uint> _words = [0];

    /// <param name="offsets">Where the fences stand, in steps of eight bytes.</param>
    public uint[] Build(ReadOnlySpan<uint> offsets)
    {
        List<Item> items = [];
        foreach (uint offset in offsets)
            AddTo(items, offset);
        CellTree.Cell root = Write(items, new Square(0, 0, WorldShift), depth: 0);
        _words[0] = root.Word;
        return [.. _words];
    }

    private void AddTo(List<Item> items, uint offset)
    {
        RasterFrame frame = Fence(offset).Header.Frame;
        long west = (long)frame.Column << frame.Shift;
        long east = west + ((long)frame.Width << frame.Shift) - 1;
        uint south = frame.Row << frame.Shift;
        uint north = south + ((uint)frame.Height << frame.Shift) - 1;
        items.Add(new Item(offset, frame.Shift, false, (uint)west, south, (uint)Math.Min(east, Grid.Around - 1), north));
        if (east >= Grid.Around)
            items.Add(new Item(offset, frame.Shift, false, 0, south, (uint)(east - Grid.Around), north));
    }

    private CellTree.Cell Write(List<Item> items, Square square, int depth)
    {
        if (square.Shift > LeastShift && IsDivided(items, square.Shift))
            return CellTree.Cell.NodeAt(WriteNode(items, square, depth));
        return items is [{ IsWhole: false } only] ? CellTree.Cell.FenceAt(only.Offset) : CellTree.Cell.ListAt(WriteList(items));
    }

    private static bool IsDivided(List<Item> items, int shift)
    {
        int divisible = 0;
        foreach (ref readonly Item item in CollectionsMarshal.AsSpan(items))
        {
            if (item.IsWhole || item.Shift >= shift)
                continue;
            divisible++;
            if (divisible > FewFences || item.Shift + Roomy <= shift)
                return true;
        }

        return false;
    }

    private int WriteNode(List<Item> items, Square square, int depth)
    {
        List<Item>[] parts = _parts[depth];
        foreach (ref readonly Item item in CollectionsMarshal.AsSpan(items))
        {
            if (!item.IsWhole)
                Divide(item, square, parts);
        }

        items.RemoveAll(item => !item.IsWhole);
        uint wholes = items.Count == 0 ? 0 : (uint)WriteList(items);
        ulong mask = 0;
        for (int slot = 0; slot < parts.Length; slot++)
            mask |= parts[slot].Count == 0 ? 0 : 1UL << slot;

        int node = _words.Count;
        int next = node + CellTree.NodeHead;
        CollectionsMarshal.SetCount(_words, next + BitOperations.PopCount(mask));
        (_words[node], _words[node + 1], _words[node + 2]) = ((uint)mask, (uint)(mask >> 32), wholes);
        for (int slot = 0; slot < parts.Length; slot++)
        {
            if (parts[slot].Count == 0)
                continue;
            CellTree.Cell cell = Write(parts[slot], square.Part(slot), depth + 1);
            _words[next++] = cell.Word;
            parts[slot].Clear();
        }

        return node;
    }

    private void Divide(in Item item, Square square, List<Item>[] parts)
    {
        int shift = square.Shift - 3;
        (uint left, uint right) = Range(item.West, item.East, square.Column, shift);
        (uint bottom, uint top) = Range(item.South, item.North, square.Row, shift);
        for (uint y = bottom; y <= top; y++)
        {
            for (uint x = left; x <= right; x++)
            {
                CellState state = Fence(item.Offset).Of(square.Column + (x << shift), square.Row + (y << shift), shift);
                if (state != CellState.Outside)
                    Add(parts[(int)((y << 3) | x)], item with { IsWhole = state == CellState.Inside });
            }
        }
    }

    // A fence across the antimeridian comes in two pieces, which meet again in a cell when it is nearly once around.
    private static void Add(List<Item> part, Item item)
    {
        if (part.Count > 0 && part[^1].Offset == item.Offset)
            part[^1] = item with { West = Math.Min(item.West, part[^1].West), East = Math.Max(item.East, part[^1].East) };
        else
            part.Add(item);
    }

    private static (uint First, uint Last) Range(uint from, uint to, uint origin, int shift) =>
        (from <= origin ? 0 : (from - origin) >> shift, Math.Min((to - origin) >> shift, 7));

    private int WriteList(List<Item> items)
    {
        int at = _words.Count;
        _words.Add(0);
        foreach (ref readonly Item item in CollectionsMarshal.AsSpan(items))
        {
            uint word = (item.Offset << 1) | (item.IsWhole ? 1u : 0u);
            if (_words.Count == at + 1 || _words[^1] != word)
                _words.Add(word);
        }

        _words[at] = (uint)(_words.Count - at - 1);
        return at;
    }

    private PackedFence Fence(uint offset) => new(packed.AsSpan((int)(offset * FencePack.Step)));

    private static List<Item>[] NewLists() => [.. Enumerable.Range(0, 64).Select(_ => new List<Item>())];

    /// <summary>A fence in a cell, or one of its two pieces beside the antimeridian.</summary>
    /// <param name="Shift">Of the cells of its frame; smaller cells than those tell no more of it.</param>
    private readonly record struct Item(uint Offset, byte Shift, bool IsWhole, uint West, uint South, uint East, uint North);

    /// <summary>A cell on the grid.</summary>
    private readonly record struct Square(uint Column, uint Row, int Shift)
    {
        public Square Part(int slot) =>
            new(Column + ((uint)(slot & 7) << (Shift - 3)), Row + ((uint)(slot >> 3) << (Shift - 3)), Shift - 3);
    }
}
