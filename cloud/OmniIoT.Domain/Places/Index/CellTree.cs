using System.Numerics;

namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// Which fences may cover a point: cells within cells, 8 by 8, divided where many fences have an edge, down to 2.4 m at the equator. All in
/// one array of words: a node is the mask of its cells that are not empty, where the list of fences that cover all of it stands, and
/// those cells; a cell is a node, one fence, or a list. A list is how many fences and those, each twice where it stands in the pack and one
/// more when it covers the whole cell.
/// </summary>
internal readonly struct CellTree(uint[] words)
{
    public const int RootShift = 29;

    /// <summary>Words of a node before its cells.</summary>
    public const int NodeHead = 3;

    public uint[] Words => words;

    /// <summary>The cell that holds the whole tree.</summary>
    public Cell Root => new(words[0]);

    /// <summary>The cell of a node in which a point of the grid lies; a list of none when it is empty.</summary>
    /// <param name="shift">Of the node's cells.</param>
    public Cell Next(int node, uint column, uint row, int shift)
    {
        int slot = (int)((((row >> shift) & 7) << 3) | ((column >> shift) & 7));
        ulong mask = words[node] | ((ulong)words[node + 1] << 32);
        return ((mask >> slot) & 1) == 0
            ? Cell.Empty
            : new Cell(words[node + NodeHead + BitOperations.PopCount(mask & ((1UL << slot) - 1))]);
    }

    /// <summary>The fences that cover all of a node.</summary>
    public ReadOnlySpan<uint> Wholes(int node) => words[node + 2] is not 0 and var list ? List((int)list) : [];

    public ReadOnlySpan<uint> List(int at) => words.AsSpan(at + 1, (int)words[at]);

    /// <param name="Word">Its lowest two bits say what it is, the others where that stands.</param>
    internal readonly record struct Cell(uint Word)
    {
        private const uint Node = 0;
        private const uint Fence = 1;
        private const uint Fences = 2;
        private const uint Nothing = 3;

        public static Cell Empty => new(Nothing);

        public bool IsNode => (Word & 3) == Node;

        public bool IsFence => (Word & 3) == Fence;

        public bool IsList => (Word & 3) == Fences;

        public int At => (int)(Word >> 2);

        public static Cell NodeAt(int at) => new(((uint)at << 2) | Node);

        public static Cell FenceAt(uint offset) => new((offset << 2) | Fence);

        public static Cell ListAt(int at) => new(((uint)at << 2) | Fences);
    }
}
