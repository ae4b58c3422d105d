using System.Collections.Immutable;

namespace OmniIoT.Domain.Places;

/// <summary>
/// The area of a fence: a <see cref="Polygon"/>, a <see cref="MultiPolygon"/> or a <see cref="Circle"/>. Values are taken to be
/// valid; whoever reads them from outside has checked that. Edges are straight lines in degrees, the short way round where that
/// is across the antimeridian (see <see cref="Unrolled"/>).
/// </summary>
public abstract record FenceGeometry
{
    private protected FenceGeometry() { }
}

/// <summary>One outer ring and the holes within it.</summary>
public sealed record Polygon(Ring Shell, ImmutableArray<Ring> Holes) : FenceGeometry
{
    public bool Equals(Polygon? other) => other is not null && Shell.Equals(other.Shell) && Holes.SequenceEqual(other.Holes);

    public override int GetHashCode() => Shell.GetHashCode();
}

/// <summary>Several polygons that may share points and edges, but no area.</summary>
public sealed record MultiPolygon(ImmutableArray<Polygon> Polygons) : FenceGeometry
{
    public bool Equals(MultiPolygon? other) => other is not null && Polygons.SequenceEqual(other.Polygons);

    public override int GetHashCode() => Polygons.Length == 0 ? 0 : Polygons[0].GetHashCode();
}

/// <summary>All points whose great-circle distance from the centre is at most the radius.</summary>
public sealed record Circle(Position Center, double RadiusMeters) : FenceGeometry;

/// <summary>A closed line: the last vertex repeats the first.</summary>
public sealed record Ring(ImmutableArray<Position> Vertices)
{
    public bool Equals(Ring? other) => other is not null && Vertices.SequenceEqual(other.Vertices);

    public override int GetHashCode() => Vertices.Length == 0 ? 0 : HashCode.Combine(Vertices.Length, Vertices[0]);
}
