using System.Globalization;
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
            mistakes.Add(new FieldMistake(pointer, "is too intricate: too many of its edges run close beside one another"));
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
            mistakes.Add(new FieldMistake(pointer, "goes round a pole: cut it along the antimeridian, from -180 to 180"));
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
            mistakes.AddRange(crossings.Select(crossing => new FieldMistake(pointer, CrossesAt(crossing))));
        return false;
    }

    private bool IsValid(NetTopologySuite.Geometries.Geometry geometry, string pointer)
    {
        TopologyValidationError? error = new IsValidOp(geometry).ValidationError;
        if (error is not null)
            mistakes.Add(new FieldMistake(pointer, Describe(error)));
        return error is null;
    }

    private static string Describe(TopologyValidationError error) => $"{Problem(error.ErrorType)} at {Place(error.Coordinate)}";

    /// <summary>Coordinates as texts: they are exact, and are not rounded for the eye.</summary>
    private static Sentence CrossesAt(Coordinate at) =>
        Sentence.Of(
            MistakeKinds.Crossing,
            ("latitude", at.Y.ToString(CultureInfo.InvariantCulture)),
            ("longitude", Unrolled.Rolled(at.X).ToString(CultureInfo.InvariantCulture))
        );

    private static string Problem(TopologyValidationErrors type) =>
        type switch
        {
            TopologyValidationErrors.SelfIntersection => "lines cross",
            TopologyValidationErrors.RingSelfIntersection => "the ring touches itself",
            TopologyValidationErrors.HoleOutsideShell => "a hole lies outside its polygon",
            TopologyValidationErrors.NestedHoles => "a hole lies within another",
            TopologyValidationErrors.NestedShells => "a polygon lies within another",
            TopologyValidationErrors.DuplicateRings => "a ring stands there twice",
            TopologyValidationErrors.DisconnectedInteriors => "holes cut the polygon apart",
            TopologyValidationErrors.TooFewPoints => "the ring has too few different positions",
            _ => "the area is not valid",
        };

    public static string Place(Coordinate at) =>
        string.Create(CultureInfo.InvariantCulture, $"latitude {at.Y}, longitude {Unrolled.Rolled(at.X)}");
}
