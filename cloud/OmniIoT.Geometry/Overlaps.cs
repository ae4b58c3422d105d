using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;
using MultiPolygon = OmniIoT.Domain.Places.MultiPolygon;
using Polygon = NetTopologySuite.Geometries.Polygon;

namespace OmniIoT.Geometry;

/// <summary>
/// Whether the parts of a MultiPolygon have area in common; points and edges they may share, across the antimeridian as well.
/// </summary>
internal static class Overlaps
{
    // Degrees (0.1 mm): a thinner overlap is the rounding of an edge that both parts have.
    private const double Thinnest = 1e-9;

    private const int MostOverlaps = 20;

    private static readonly double[] Turns = [-360, 0, 360];

    // Comparing two parts takes about as long as so many pairs of edges for each vertex of theirs.
    private const int PairsPerVertex = 10;

    /// <summary>Refuses each part that overlaps an earlier one; of many the first.</summary>
    /// <exception cref="TooIntricateException">Comparing them goes beyond the budget.</exception>
    public static bool Check(MultiPolygon multi, string pointer, List<FieldMistake> mistakes, GeometryBudget budget)
    {
        Polygon[] parts = [.. multi.Polygons.Select(Unrolled.Polygon).Select(ToNetTopologySuite.Polygon)];
        int before = mistakes.Count;
        for (int i = 1; i < parts.Length; i++)
        {
            for (int earlier = 0; earlier < i; earlier++)
            {
                if (InCommon(parts[earlier], parts[i], budget) is not { } place)
                    continue;
                mistakes.Add(new FieldMistake($"{pointer}/{i}", Validity.At(place, GeometryMistakes.Overlaps, ("part", earlier))));
                if (mistakes.Count - before >= MostOverlaps)
                    return false;
            }
        }

        return mistakes.Count == before;
    }

    private static Coordinate? InCommon(Polygon a, Polygon b, GeometryBudget budget)
    {
        (Envelope of, Envelope other) = (a.EnvelopeInternal, b.EnvelopeInternal);
        if (other.MinY > of.MaxY || other.MaxY < of.MinY)
            return null;
        foreach (double turn in Turns)
        {
            if (other.MinX + turn >= of.MaxX || other.MaxX + turn <= of.MinX)
                continue;
            budget.Charge(PairsPerVertex * (a.NumPoints + b.NumPoints));
            if (InCommonAsTheyLie(a, Moved(b, turn)) is { } place)
                return place;
        }

        return null;
    }

    private static NetTopologySuite.Geometries.Geometry Moved(Polygon polygon, double turn) =>
        turn == 0 ? polygon : AffineTransformation.TranslationInstance(turn, 0).Transform(polygon);

    private static Coordinate? InCommonAsTheyLie(Polygon a, NetTopologySuite.Geometries.Geometry b)
    {
        if (a.Relate(b)[Location.Interior, Location.Interior] is not Dimension.Surface)
            return null;
        NetTopologySuite.Geometries.Geometry overlap = OverlayNGRobust.Overlay(a, b, SpatialFunction.Intersection);
        return overlap.Area > Thinnest * overlap.Length ? overlap.InteriorPoint.Coordinate : null;
    }
}
