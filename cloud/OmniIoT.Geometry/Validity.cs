using System.Globalization;
using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;
using MultiPolygon = OmniIoT.Domain.Places.MultiPolygon;
using Polygon = OmniIoT.Domain.Places.Polygon;

namespace OmniIoT.Geometry;

/// <summary>
/// Whether rings make an area, by NetTopologySuite, each in one piece even across the antimeridian. Rings are tested alone, then with
/// their polygon, then polygons with each other, so that each mistake is named where it stands and none twice; of one ring's crossings
/// the first.
/// </summary>
internal sealed class Validity(List<FieldMistake> mistakes, CancellationToken cancellationToken)
{
    private const int MostCrossings = 20;

    private readonly GeometryBudget _budget = new(cancellationToken);

    public Polygon? Check(Polygon polygon, string pointer) => Check(pointer, () => CheckPolygon(polygon, pointer)) ? polygon : null;

    public MultiPolygon? Check(MultiPolygon multi, string pointer) =>
        Check(pointer, () => CheckParts(multi, pointer) && Overlaps.Check(multi, pointer, mistakes, _budget)) ? multi : null;

    private bool Check(string pointer, Func<bool> check)
    {
        try
        {
            return check();
        }
        catch (TooIntricateException)
        {
            mistakes.Add(new FieldMistake(pointer, Sentence.Of(GeometryMistakes.TooIntricate)));
            return false;
        }
    }

    private bool CheckParts(MultiPolygon multi, string pointer)
    {
        bool allValid = true;
        for (int i = 0; i < multi.Polygons.Length; i++)
            allValid &= CheckPolygon(multi.Polygons[i], $"{pointer}/{i}");
        return allValid;
    }

    private bool CheckPolygon(Polygon polygon, string pointer)
    {
        bool allValid = true;
        int index = 0;
        foreach (Ring ring in polygon.Holes.Prepend(polygon.Shell))
            allValid &= CheckRing(ring, $"{pointer}/{index++}");
        if (!allValid)
            return false;
        NetTopologySuite.Geometries.Polygon whole = ToNetTopologySuite.Polygon(Unrolled.Polygon(polygon));
        if (whole.Holes.Length > 0)
            _budget.Charge(whole.Holes.Prepend(whole.Shell));
        return IsValid(whole, pointer);
    }

    private bool CheckRing(Ring ring, string pointer)
    {
        Ring unrolled = Unrolled.Ring(ring);
        if (!Unrolled.IsClosed(unrolled))
        {
            mistakes.Add(new FieldMistake(pointer, Sentence.Of(GeometryMistakes.RoundPole)));
            return false;
        }

        NetTopologySuite.Geometries.Polygon alone = ToNetTopologySuite.Polygon(new Polygon(unrolled, []));
        IReadOnlyList<Coordinate> crossings = Crossings.Of(alone, MostCrossings, _budget);
        TopologyValidationError? error = new IsValidOp(alone).ValidationError;
        if (error is null)
            return true;

        if (error.ErrorType is not TopologyValidationErrors.SelfIntersection || crossings.Count == 0)
            mistakes.Add(new FieldMistake(pointer, Describe(error)));
        else
            mistakes.AddRange(crossings.Select(crossing => new FieldMistake(pointer, At(crossing, MistakeKinds.Crossing))));
        return false;
    }

    private bool IsValid(NetTopologySuite.Geometries.Geometry geometry, string pointer)
    {
        TopologyValidationError? error = new IsValidOp(geometry).ValidationError;
        if (error is not null)
            mistakes.Add(new FieldMistake(pointer, Describe(error)));
        return error is null;
    }

    private static Sentence Describe(TopologyValidationError error) => At(error.Coordinate, Problem(error.ErrorType));

    /// <summary>A mistake at a place. Coordinates are texts: they are exact, and are not rounded for the eye.</summary>
    public static Sentence At(Coordinate place, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values) =>
        Sentence.Of(
            kind,
            [
                .. values,
                ("latitude", place.Y.ToString(CultureInfo.InvariantCulture)),
                ("longitude", Unrolled.Rolled(place.X).ToString(CultureInfo.InvariantCulture)),
            ]
        );

    private static string Problem(TopologyValidationErrors type) =>
        type switch
        {
            TopologyValidationErrors.SelfIntersection => GeometryMistakes.LinesCross,
            TopologyValidationErrors.RingSelfIntersection => GeometryMistakes.RingTouchesItself,
            TopologyValidationErrors.HoleOutsideShell => GeometryMistakes.HoleOutside,
            TopologyValidationErrors.NestedHoles => GeometryMistakes.HoleWithinHole,
            TopologyValidationErrors.NestedShells => GeometryMistakes.PolygonWithinPolygon,
            TopologyValidationErrors.DuplicateRings => GeometryMistakes.RingTwice,
            TopologyValidationErrors.DisconnectedInteriors => GeometryMistakes.HolesCutApart,
            TopologyValidationErrors.TooFewPoints => GeometryMistakes.FewDifferentPositions,
            _ => GeometryMistakes.NotValid,
        };
}
