using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using OmniIoT.Domain.Places.Index;

namespace OmniIoT.Domain.Places;

/// <summary>
/// Which fences a point lies in. Immutable: a change makes a new index that shares what did not change, and whoever matches
/// keeps the version that he has. Most points are answered from the marks of cells; near a border the test is exact, as if
/// every fence had been tested on its own. Any number of fences may overlap.
/// </summary>
public sealed class FenceIndex
{
    private readonly ImmutableDictionary<string, FenceShape> _shapes;
    private readonly FenceNode _root;

    private FenceIndex(ImmutableDictionary<string, FenceShape> shapes, FenceNode root) => (_shapes, _root) = (shapes, root);

    /// <summary>No fences.</summary>
    public static FenceIndex Empty { get; } = new(ImmutableDictionary.Create<string, FenceShape>(StringComparer.Ordinal), FenceNode.Empty);

    /// <summary>Number of fences.</summary>
    public int Count => _shapes.Count;

    /// <summary>All fences, in no order.</summary>
    public IEnumerable<Fence> Fences => _shapes.Values.Select(shape => shape.Fence);

    /// <summary>An index of these fences; of several with one id the last counts.</summary>
    public static FenceIndex Build(IEnumerable<Fence> fences)
    {
        ImmutableDictionary<string, FenceShape>.Builder shapes = Empty._shapes.ToBuilder();
        foreach (Fence fence in fences)
            shapes[fence.Id] = FenceShape.Of(fence);
        FencePatch[] patches = FenceNode.InTreeOrder(shapes.Values.SelectMany(FenceCover.Of));
        return new FenceIndex(shapes.ToImmutable(), FenceNode.Empty.With(patches, depth: 0, remove: false));
    }

    /// <summary>This index with a fence added, or replaced when there is one with its id.</summary>
    public FenceIndex With(Fence fence)
    {
        FenceIndex others = Without(fence.Id);
        FenceShape shape = FenceShape.Of(fence);
        FencePatch[] patches = FenceNode.InTreeOrder(FenceCover.Of(shape));
        return new FenceIndex(others._shapes.Add(fence.Id, shape), others._root.With(patches, depth: 0, remove: false));
    }

    /// <summary>This index without a fence; the same object when there is none with the id.</summary>
    public FenceIndex Without(string fenceId)
    {
        if (!_shapes.TryGetValue(fenceId, out FenceShape? shape))
            return this;
        FencePatch[] patches = FenceNode.InTreeOrder(FenceCover.Of(shape));
        return new FenceIndex(_shapes.Remove(fenceId), _root.With(patches, depth: 0, remove: true));
    }

    public bool TryGet(string fenceId, [NotNullWhen(true)] out Fence? fence)
    {
        fence = _shapes.GetValueOrDefault(fenceId)?.Fence;
        return fence is not null;
    }

    /// <summary>
    /// Adds every fence that covers the point to <paramref name="result"/>, each once, in no order; a point on a border is
    /// inside. Does not clear the list, and allocates only when the list must grow. A point off the earth is in no fence.
    /// </summary>
    public void Match(Position position, List<Fence> result)
    {
        if (position.IsOnEarth)
            _root.Match(position.LatitudeDegrees, position.LongitudeDegrees, result);
    }

    /// <summary>Whether one fence covers the point; a point on its border is inside.</summary>
    /// <exception cref="KeyNotFoundException">There is no such fence.</exception>
    public bool Covers(string fenceId, Position position) =>
        position.IsOnEarth && _shapes[fenceId].Covers(position.LatitudeDegrees, position.LongitudeDegrees);

    /// <summary>
    /// Distance from the point, inside or outside, to the nearest point of a fence's border: for a polygon by the plane around
    /// the point, good to 0.1 % within some kilometres. Takes time in proportion to the number of vertices.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such fence.</exception>
    public double DistanceToBorderMeters(string fenceId, Position position) =>
        _shapes[fenceId].DistanceToBorderMeters(position.LatitudeDegrees, position.LongitudeDegrees);
}
