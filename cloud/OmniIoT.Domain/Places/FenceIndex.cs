using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using OmniIoT.Domain.Places.Index;

namespace OmniIoT.Domain.Places;

/// <summary>
/// Which fences a point lies in. Immutable: a change makes a new index that shares what did not change, and whoever matches
/// keeps the version that he has. Most points are answered from the marks of cells; near a border the test is exact, as if
/// every fence had been tested on its own. Any number of fences may overlap.
/// </summary>
/// <remarks>
/// Fences lie in packs, each of which is never changed: what is put makes a small one, packs of about one size are made one, and what is
/// replaced or taken away is left out when its pack is asked. The large first one so stays as it is until <see cref="Merged"/>.
/// </remarks>
public sealed class FenceIndex
{
    /// <summary>Fences of packs that a change makes one, on the way of whoever makes it: some milliseconds.</summary>
    private const int MostAtOnce = 1024;

    private readonly ImmutableArray<Layer> _layers;

    private FenceIndex(ImmutableArray<Layer> layers) => _layers = layers;

    /// <summary>No fences.</summary>
    public static FenceIndex Empty { get; } = new([]);

    /// <summary>Number of fences.</summary>
    public int Count => _layers.Sum(layer => layer.Count);

    /// <summary>All fences, in no order.</summary>
    public IEnumerable<Fence> Fences => _layers.SelectMany(layer => layer.Numbers.Select(layer.Pack.Fence));

    /// <summary>Whether changes lie beside the first pack, so that <see cref="Merged"/> finds faster.</summary>
    public bool IsScattered => _layers.Length > 1 || _layers.Any(layer => !layer.Gone.IsEmpty);

    /// <summary>An index of these fences; of several with one id the last counts.</summary>
    /// <exception cref="OverflowException">They take more than two gigabytes packed.</exception>
    public static FenceIndex Build(IEnumerable<Fence> fences) => Empty.With(fences);

    /// <summary>This index with a fence added, or replaced when there is one with its id.</summary>
    public FenceIndex With(Fence fence) => With([fence]);

    /// <summary>This index with fences added or replaced; of several with one id the last counts.</summary>
    public FenceIndex With(IEnumerable<Fence> fences)
    {
        FencePacker packer = new();
        Dictionary<string, ReadOnlyMemory<byte>> packed = new(StringComparer.Ordinal);
        foreach (Fence fence in fences)
            packed[fence.Id] = packer.Pack(fence);
        if (packed.Count == 0)
            return this;
        Stack<Layer> layers = new(Without(packed.Keys)._layers);
        List<ReadOnlyMemory<byte>> top = [.. packed.Values];
        while (layers.TryPeek(out Layer last) && last.Count <= top.Count && last.Count + top.Count <= MostAtOnce)
            top.AddRange(layers.Pop().Bytes);
        return new FenceIndex([.. layers.Reverse(), new Layer(FencePack.Of(top), [])]);
    }

    /// <summary>This index without a fence; the same object when there is none with the id.</summary>
    public FenceIndex Without(string fenceId) => Without([fenceId]);

    /// <summary>This index without fences; the same object when there is none of the ids.</summary>
    public FenceIndex Without(IEnumerable<string> ids)
    {
        Layer[] layers = [.. _layers];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = layers[i].Without(ids);
        return layers.SequenceEqual(_layers) ? this : new FenceIndex([.. layers.Where(layer => layer.Count > 0)]);
    }

    /// <summary>The same fences in one pack, without what was replaced or taken away.</summary>
    public FenceIndex Merged() => IsScattered ? new([new Layer(FencePack.Of([.. _layers.SelectMany(layer => layer.Bytes)]), [])]) : this;

    /// <summary>Writes all of it, in one pack.</summary>
    /// <param name="version">Kept with it; how new the fences are, in the words of whoever reads it.</param>
    public void Write(Stream stream, long version) =>
        PackFile.Write(stream, (Merged()._layers is [var only] ? only.Pack : FencePack.Empty).Content, version);

    /// <summary>Reads what <see cref="Write"/> wrote; the stream knows its length.</summary>
    /// <exception cref="InvalidDataException">It is something else, of another version of the program, cut off or damaged.</exception>
    public static (FenceIndex Index, long Version) Read(Stream stream)
    {
        (FencePack.Arrays arrays, long version) = PackFile.Read(stream);
        return (arrays.Offsets.Length == 0 ? Empty : new FenceIndex([new Layer(new FencePack(arrays), [])]), version);
    }

    public bool TryGet(string fenceId, [NotNullWhen(true)] out Fence? fence)
    {
        fence = TryFind(fenceId, out FencePack? pack, out int number) ? pack.Fence(number) : null;
        return fence is not null;
    }

    /// <summary>
    /// Adds every fence that covers the point to <paramref name="result"/>, each once, in no order; a point on a border is
    /// inside. Does not clear the list, and allocates only when the list must grow or a fence is found for the first time. A point off
    /// the earth is in no fence.
    /// </summary>
    public void Match(Position position, List<Fence> result)
    {
        if (!position.IsOnEarth)
            return;
        (uint column, uint row) = (Grid.Column(position.LongitudeDegrees), Grid.Row(position.LatitudeDegrees));
        foreach (Layer layer in _layers)
            layer.Pack.Match(position, column, row, layer.Gone.AsSpan(), result);
    }

    /// <summary>Whether one fence covers the point; a point on its border is inside.</summary>
    /// <exception cref="KeyNotFoundException">There is no such fence.</exception>
    public bool Covers(string fenceId, Position position) =>
        position.IsOnEarth && Find(fenceId).Covers(position, Grid.Column(position.LongitudeDegrees), Grid.Row(position.LatitudeDegrees));

    /// <summary>
    /// Distance from the point, inside or outside, to the nearest point of a fence's border: for a polygon by the plane around
    /// the point, good to 0.1 % within some kilometres. Takes time in proportion to the number of vertices.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such fence.</exception>
    public double DistanceToBorderMeters(string fenceId, Position position) => Find(fenceId).DistanceToBorderMeters(position);

    private PackedFence Find(string fenceId) =>
        TryFind(fenceId, out FencePack? pack, out int number)
            ? pack.Packed(number)
            : throw new KeyNotFoundException($"There is no fence '{fenceId}'.");

    private bool TryFind(string fenceId, [NotNullWhen(true)] out FencePack? pack, out int number)
    {
        foreach (Layer layer in _layers)
        {
            number = layer.Find(fenceId);
            if (number >= 0)
            {
                pack = layer.Pack;
                return true;
            }
        }

        (pack, number) = (null, -1);
        return false;
    }

    /// <param name="Gone">Numbers of the fences that are in it no more, rising.</param>
    private readonly record struct Layer(FencePack Pack, ImmutableArray<int> Gone)
    {
        public int Count => Pack.Count - Gone.Length;

        public IEnumerable<int> Numbers
        {
            get
            {
                Layer layer = this;
                return Enumerable.Range(0, Pack.Count).Where(number => layer.Gone.BinarySearch(number) < 0);
            }
        }

        public IEnumerable<ReadOnlyMemory<byte>> Bytes => Numbers.Select(Pack.Bytes);

        public int Find(string fenceId) => Pack.Find(fenceId) is >= 0 and var number && Gone.BinarySearch(number) < 0 ? number : -1;

        public Layer Without(IEnumerable<string> ids)
        {
            int[] more = [.. ids.Select(Find).Where(number => number >= 0)];
            return more.Length == 0 ? this : this with { Gone = [.. Gone.Concat(more).Order()] };
        }
    }
}
