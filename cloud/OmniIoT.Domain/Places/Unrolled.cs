using System.Collections.Immutable;

namespace OmniIoT.Domain.Places;

/// <summary>
/// Areas in longitudes that run on across the antimeridian, to below −180 or above 180, so that they are whole in the plane. A step
/// over 180° of longitude goes the short way round, as if the ring had been cut at the antimeridian (RFC 7946, 3.1.9).
/// </summary>
public static class Unrolled
{
    private const double Turn = 360;

    /// <summary>
    /// The ring in one piece. It does not end where it began when it goes round a pole, which has no area in the plane. Steps of
    /// exactly 360° are a parallel all around when the short way would leave the ring open or without width.
    /// </summary>
    public static Ring Ring(Ring ring)
    {
        Ring shortest = Follow(ring, longest: 180);
        return IsClosed(shortest) && West(shortest) < East(shortest) ? shortest
            : Follow(ring, longest: Turn) is var told && IsClosed(told) ? told
            : shortest;
    }

    /// <summary>Whether the last vertex repeats the first.</summary>
    public static bool IsClosed(Ring ring) => ring.Vertices[0] == ring.Vertices[^1];

    /// <summary>The polygon in one piece, its holes moved to where its shell is.</summary>
    public static Polygon Polygon(Polygon polygon)
    {
        Ring shell = Ring(polygon.Shell);
        return new Polygon(
            shell,
            [.. polygon.Holes.Select(Ring).Select(hole => Move(hole, Turn * Math.Ceiling((West(shell) - West(hole)) / Turn)))]
        );
    }

    /// <summary>
    /// The polygons in one piece each, side by side over the narrowest range of longitudes, its west from −180 to below 180.
    /// </summary>
    public static ImmutableArray<Polygon> Polygons(IEnumerable<Polygon> polygons)
    {
        Polygon[] parts = [.. polygons.Select(Polygon).Select(FromFirstTurn).OrderBy(part => West(part.Shell))];
        int first = AfterWidestGap(parts);
        return [.. parts[first..], .. parts[..first].Select(part => Move(part, Turn))];
    }

    /// <summary>A longitude within ±180.</summary>
    public static double Rolled(double longitude) => longitude - (Turn * Math.Round(longitude / Turn));

    internal static double West(Ring ring) => ring.Vertices.Min(vertex => vertex.LongitudeDegrees);

    internal static double East(Ring ring) => ring.Vertices.Max(vertex => vertex.LongitudeDegrees);

    // Steps longer than 180° but not those of a whole turn when that is what is allowed.
    private static Ring Follow(Ring ring, double longest)
    {
        ImmutableArray<Position>.Builder vertices = ImmutableArray.CreateBuilder<Position>(ring.Vertices.Length);
        double turns = 0;
        for (int i = 0; i < ring.Vertices.Length; i++)
        {
            Position vertex = ring.Vertices[i];
            double step = i == 0 ? 0 : vertex.LongitudeDegrees - ring.Vertices[i - 1].LongitudeDegrees;
            if (Math.Abs(step) > 180 && Math.Abs(step) != longest)
                turns -= Math.Sign(step);
            vertices.Add(vertex with { LongitudeDegrees = vertex.LongitudeDegrees + (Turn * turns) });
        }

        return new Ring(vertices.MoveToImmutable());
    }

    private static Polygon FromFirstTurn(Polygon part) => Move(part, -Turn * Math.Floor((West(part.Shell) + 180) / Turn));

    // The part that begins east of the widest range of longitudes that no part covers.
    private static int AfterWidestGap(Polygon[] parts)
    {
        double reached = parts.Max(part => East(part.Shell)) - Turn;
        (int after, double widest) = (0, double.NegativeInfinity);
        for (int i = 0; i < parts.Length; i++)
        {
            double gap = West(parts[i].Shell) - reached;
            if (gap > widest)
                (after, widest) = (i, gap);
            reached = Math.Max(reached, East(parts[i].Shell));
        }

        return after;
    }

    private static Polygon Move(Polygon polygon, double degrees) =>
        degrees == 0 ? polygon : new Polygon(Move(polygon.Shell, degrees), [.. polygon.Holes.Select(hole => Move(hole, degrees))]);

    private static Ring Move(Ring ring, double degrees) =>
        degrees == 0
            ? ring
            : new Ring([.. ring.Vertices.Select(vertex => vertex with { LongitudeDegrees = vertex.LongitudeDegrees + degrees })]);
}
