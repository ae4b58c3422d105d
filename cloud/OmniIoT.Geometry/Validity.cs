using System.Globalization;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;
using NetTopologySuite.Operation.Valid;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;
using MultiPolygon = OmniIoT.Domain.Places.MultiPolygon;
using Polygon = OmniIoT.Domain.Places.Polygon;

namespace OmniIoT.Geometry;

/// <summary>
/// Whether rings make an area, by NetTopologySuite, each in one piece even across the antimeridian. Rings are tested alone, then with
/// their polygon, then polygons with each other, so that each mistake is named where it stands and none twice.
/// </summary>
internal static class Validity
{
    public static Polygon? Check(Polygon polygon, string pointer, List<FieldMistake> mistakes) =>
        CheckPolygon(polygon, pointer, mistakes) ? polygon : null;

    public static MultiPolygon? Check(MultiPolygon multi, string pointer, List<FieldMistake> mistakes)
    {
        bool allValid = true;
        for (int i = 0; i < multi.Polygons.Length; i++)
            allValid &= CheckPolygon(multi.Polygons[i], $"{pointer}/{i}", mistakes);
        return allValid && Overlaps.Check(multi, pointer, mistakes) ? multi : null;
    }

    private static bool CheckPolygon(Polygon polygon, string pointer, List<FieldMistake> mistakes)
    {
        bool allValid = true;
        int index = 0;
        foreach (Ring ring in polygon.Holes.Prepend(polygon.Shell))
            allValid &= CheckRing(ring, $"{pointer}/{index++}", mistakes);
        return allValid && IsValid(ToNetTopologySuite.Polygon(Unrolled.Polygon(polygon)), pointer, mistakes);
    }

    private static bool CheckRing(Ring ring, string pointer, List<FieldMistake> mistakes)
    {
        Ring unrolled = Unrolled.Ring(ring);
        if (!Unrolled.IsClosed(unrolled))
        {
            mistakes.Add(new FieldMistake(pointer, "goes round a pole: cut it along the antimeridian, from -180 to 180"));
            return false;
        }

        NetTopologySuite.Geometries.Polygon alone = ToNetTopologySuite.Polygon(new Polygon(unrolled, []));
        TopologyValidationError? error = new IsValidOp(alone).ValidationError;
        if (error is null)
            return true;

        List<Coordinate> crossings = error.ErrorType is TopologyValidationErrors.SelfIntersection ? Crossings(alone) : [];
        if (crossings.Count == 0)
            mistakes.Add(new FieldMistake(pointer, Describe(error)));
        mistakes.AddRange(crossings.Select(crossing => new FieldMistake(pointer, $"crosses itself at {Place(crossing)}")));
        return false;
    }

    private static bool IsValid(NetTopologySuite.Geometries.Geometry geometry, string pointer, List<FieldMistake> mistakes)
    {
        TopologyValidationError? error = new IsValidOp(geometry).ValidationError;
        if (error is not null)
            mistakes.Add(new FieldMistake(pointer, Describe(error)));
        return error is null;
    }

    private static List<Coordinate> Crossings(NetTopologySuite.Geometries.Polygon ring)
    {
        NodingIntersectionFinder finder = NodingIntersectionFinder.CreateAllIntersectionsFinder(new RobustLineIntersector());
        new MCIndexNoder(finder).ComputeNodes([new NodedSegmentString(ring.ExteriorRing.Coordinates, null)]);
        return [.. finder.Intersections.DistinctBy(crossing => (crossing.X, crossing.Y))];
    }

    private static string Describe(TopologyValidationError error) => $"{Problem(error.ErrorType)} at {Place(error.Coordinate)}";

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
