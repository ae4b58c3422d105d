namespace OmniIoT.Domain.Places.Index;

/// <summary>A fence prepared for exact tests and for covering with cells.</summary>
internal abstract class FenceShape(Fence fence)
{
    public Fence Fence { get; } = fence;

    public abstract Bounds Bounds { get; }

    /// <summary>Whether border cells are worth dividing once more, because an exact test is dear.</summary>
    public abstract bool DividesBorder { get; }

    public static FenceShape Of(Fence fence) =>
        fence.Geometry switch
        {
            Circle circle => new CircleShape(fence, circle),
            Polygon polygon => new PolygonShape(fence, [polygon]),
            MultiPolygon multi => new PolygonShape(fence, multi.Polygons),
            _ => throw new ArgumentException($"A fence cannot be a {fence.Geometry.GetType().Name}.", nameof(fence)),
        };

    /// <summary>Whether the point lies within or on the border.</summary>
    public abstract bool Covers(double latitude, double longitude);

    /// <summary>Distance to the nearest point of the border, from within or from without.</summary>
    public abstract double DistanceToBorderMeters(double latitude, double longitude);

    /// <summary>
    /// Marks the 64 cells of a node: inside, where every point that maps to the cell is covered, and border, where an exact test
    /// is needed.
    /// </summary>
    public abstract CellMarks Mark(GridNode node);
}
