using System.Numerics;

namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// An immutable node of the index: the patches that lie on its 64 cells, and the nodes below it. Versions of the index share
/// every node that did not change.
/// </summary>
internal sealed class FenceNode
{
    public static readonly FenceNode Empty = new([], 0, []);

    private readonly Patch[] _patches;
    private readonly ulong _childMask;
    private readonly FenceNode[] _children;

    private FenceNode(Patch[] patches, ulong childMask, FenceNode[] children) =>
        (_patches, _childMask, _children) = (patches, childMask, children);

    private bool IsEmpty => _patches.Length == 0 && _childMask == 0;

    /// <summary>Adds the fences that cover the point to the result.</summary>
    public void Match(double latitude, double longitude, List<Fence> result)
    {
        int column = Grid.Column(longitude);
        int row = Grid.Row(latitude);
        FenceNode node = this;
        for (int depth = 0; ; depth++)
        {
            ulong bit = 1UL << Grid.Slot(column, row, depth);
            foreach (ref readonly Patch patch in node._patches.AsSpan())
            {
                if ((patch.Marks.Inside & bit) != 0 || ((patch.Marks.Border & bit) != 0 && patch.Shape.Covers(latitude, longitude)))
                    result.Add(patch.Shape.Fence);
            }

            if ((node._childMask & bit) == 0)
                return;
            node = node._children[BitOperations.PopCount(node._childMask & (bit - 1))];
        }
    }

    /// <summary>This node with the patches added, or with them taken away.</summary>
    /// <param name="patches">In <see cref="InTreeOrder"/>, all on this node or below it.</param>
    /// <param name="depth">The depth of this node.</param>
    /// <param name="remove">Takes away every patch of the same shapes on the same nodes instead.</param>
    public FenceNode With(ReadOnlySpan<FencePatch> patches, int depth, bool remove)
    {
        int own = 0;
        while (own < patches.Length && patches[own].Node.Depth == depth)
            own++;

        Patch[] patchesHere = remove ? Without(patches[..own]) : Joined(patches[..own]);
        if (own == patches.Length)
            return new FenceNode(patchesHere, _childMask, _children);

        FenceNode?[] children = Spread();
        for (int at = own; at < patches.Length; )
        {
            int slot = patches[at].Node.SlotAt(depth);
            int end = at;
            while (end < patches.Length && patches[end].Node.SlotAt(depth) == slot)
                end++;
            FenceNode child = (children[slot] ?? Empty).With(patches[at..end], depth + 1, remove);
            children[slot] = child.IsEmpty ? null : child;
            at = end;
        }

        return Gather(patchesHere, children);
    }

    /// <summary>Sorts patches so that those below one node stand together, those on it first.</summary>
    public static FencePatch[] InTreeOrder(IEnumerable<FencePatch> patches)
    {
        FencePatch[] sorted = [.. patches];
        Array.Sort(Array.ConvertAll(sorted, OrderOf), sorted);
        return sorted;
    }

    private static ulong OrderOf(FencePatch patch)
    {
        ulong order = 0;
        for (int depth = 0; depth < Grid.MaxDepth; depth++)
            order = (order << 6) | (depth < patch.Node.Depth ? (uint)patch.Node.SlotAt(depth) : 0);
        return (order << 3) | (uint)patch.Node.Depth;
    }

    private FenceNode?[] Spread()
    {
        FenceNode?[] children = new FenceNode?[64];
        ulong rest = _childMask;
        foreach (FenceNode child in _children)
        {
            children[BitOperations.TrailingZeroCount(rest)] = child;
            rest &= rest - 1;
        }

        return children;
    }

    private static FenceNode Gather(Patch[] patches, FenceNode?[] children)
    {
        ulong mask = 0;
        for (int slot = 0; slot < children.Length; slot++)
            mask |= children[slot] is null ? 0 : 1UL << slot;
        return new FenceNode(patches, mask, [.. children.OfType<FenceNode>()]);
    }

    private Patch[] Joined(ReadOnlySpan<FencePatch> added)
    {
        if (added.IsEmpty)
            return _patches;
        Patch[] joined = new Patch[_patches.Length + added.Length];
        _patches.CopyTo(joined, 0);
        for (int i = 0; i < added.Length; i++)
            joined[_patches.Length + i] = new Patch(added[i].Shape, added[i].Marks);
        return joined;
    }

    private Patch[] Without(ReadOnlySpan<FencePatch> removed)
    {
        HashSet<FenceShape> gone = [];
        foreach (FencePatch patch in removed)
            gone.Add(patch.Shape);
        return gone.Count == 0 ? _patches : Array.FindAll(_patches, patch => !gone.Contains(patch.Shape));
    }

    private readonly record struct Patch(FenceShape Shape, CellMarks Marks);
}
