using System.Numerics;

namespace OmniIoT.Domain.Places.Index;

/// <summary>One fence's marks on the cells of one node.</summary>
internal readonly record struct FencePatch(GridNode Node, FenceShape Shape, CellMarks Marks);

/// <summary>
/// Covers a fence with nodes of about its own size: at most four on either side of the antimeridian, and for an intricate border one
/// depth more.
/// </summary>
internal static class FenceCover
{
    /// <summary>The patches of a shape; the same for the same shape each time, and no cell is marked by two of them.</summary>
    public static List<FencePatch> Of(FenceShape shape)
    {
        List<FencePatch> patches = [];
        foreach (GridNode node in NodesOver(shape.Bounds))
            Add(patches, shape, node, shape.DividesBorder && node.Depth < Grid.MaxDepth);
        return patches;
    }

    private static void Add(List<FencePatch> patches, FenceShape shape, GridNode node, bool divide)
    {
        CellMarks marks = shape.Mark(node);
        if (divide)
        {
            for (ulong rest = marks.Border; rest != 0; rest &= rest - 1)
                Add(patches, shape, node.Child(BitOperations.TrailingZeroCount(rest)), divide: false);
            marks = marks with { Border = 0 };
        }

        if ((marks.Inside | marks.Border) != 0)
            patches.Add(new FencePatch(node, shape, marks));
    }

    private static HashSet<GridNode> NodesOver(Bounds bounds)
    {
        (int South, int North) rows = (Grid.Row(bounds.South), Grid.Row(bounds.North));
        List<(int West, int East)> columns = ColumnsOf(bounds);
        int depth = Grid.MaxDepth;
        while (!columns.Append(rows).All(range => SpansAtMostTwo(range, depth)))
            depth--;

        int shift = Grid.NodeShift(depth);
        HashSet<GridNode> nodes = [];
        foreach ((int west, int east) in columns)
        {
            for (int row = rows.South >> shift; row <= rows.North >> shift; row++)
            {
                for (int column = west >> shift; column <= east >> shift; column++)
                    nodes.Add(new GridNode(depth, column, row));
            }
        }

        return nodes;
    }

    private static bool SpansAtMostTwo((int First, int Last) range, int depth) =>
        (range.Last >> Grid.NodeShift(depth)) - (range.First >> Grid.NodeShift(depth)) <= 1;

    private static List<(int West, int East)> ColumnsOf(Bounds bounds)
    {
        if (bounds.West > -180 && bounds.East < 180)
            return [(Grid.Column(bounds.West), Grid.Column(bounds.East))];
        if (bounds.East - bounds.West >= 360)
            return [(Grid.Column(-180), Grid.Column(180))];

        double west = bounds.West <= -180 ? bounds.West + 360 : bounds.West;
        double east = bounds.East >= 180 ? bounds.East - 360 : bounds.East;
        return [(Grid.Column(west), Grid.Column(180)), (Grid.Column(-180), Grid.Column(east))];
    }
}
