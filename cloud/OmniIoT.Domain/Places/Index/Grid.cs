namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// The tree of cells that covers the earth: each node has 8 by 8 cells, three halvings of a quadtree at once, and each cell may
/// be a node of the next depth. Depth 0 is the whole earth; the cells of the last depth are 2.4 m by 1.2 m at the equator.
/// </summary>
internal static class Grid
{
    public const int MaxDepth = 7;

    private const int BitsPerDepth = 3;
    private const int Size = 1 << (BitsPerDepth * (MaxDepth + 1));

    /// <summary>Column of the finest cells, west to east; never decreases with longitude.</summary>
    public static int Column(double longitude) => Math.Clamp((int)((longitude + 180) * (Size / 360.0)), 0, Size - 1);

    /// <summary>Row of the finest cells, south to north; never decreases with latitude.</summary>
    public static int Row(double latitude) => Math.Clamp((int)((latitude + 90) * (Size / 180.0)), 0, Size - 1);

    /// <summary>Which of the 64 cells of its node at a depth the finest cell belongs to.</summary>
    public static int Slot(int column, int row, int depth)
    {
        int shift = BitsPerDepth * (MaxDepth - depth);
        return (((row >> shift) & 7) << BitsPerDepth) | ((column >> shift) & 7);
    }

    /// <summary>Right shift from a finest column or row to that of its node at a depth.</summary>
    public static int NodeShift(int depth) => BitsPerDepth * (MaxDepth + 1 - depth);
}

/// <summary>A node's place in the <see cref="Grid"/>.</summary>
internal readonly record struct GridNode(int Depth, int Column, int Row)
{
    public double CellWidth => 360.0 / (1L << (3 * (Depth + 1)));

    public double CellHeight => 180.0 / (1L << (3 * (Depth + 1)));

    public double West => -180 + (Column * 8 * CellWidth);

    public double South => -90 + (Row * 8 * CellHeight);

    /// <summary>The node that one of the cells is at the next depth.</summary>
    public GridNode Child(int slot) => new(Depth + 1, (Column << 3) | (slot & 7), (Row << 3) | (slot >> 3));

    /// <summary>Which cell of its ancestor at a smaller depth the node lies in.</summary>
    public int SlotAt(int depth)
    {
        int shift = Grid.NodeShift(Depth);
        return Grid.Slot(Column << shift, Row << shift, depth);
    }
}

/// <summary>One bit per cell of a node, slot 0 lowest; no cell has both.</summary>
internal readonly record struct CellMarks(ulong Inside, ulong Border);
