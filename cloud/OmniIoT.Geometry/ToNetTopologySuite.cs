using NetTopologySuite.Geometries;
using OmniIoT.Domain.Places;
using Position = OmniIoT.Domain.Places.Position;

namespace OmniIoT.Geometry;

/// <summary>The domain's areas as NetTopologySuite's, x east and y north in degrees. Circles have no counterpart there.</summary>
public static class ToNetTopologySuite
{
    // WGS 84; coordinates keep their full double precision.
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    public static NetTopologySuite.Geometries.Polygon Polygon(Domain.Places.Polygon polygon) =>
        Factory.CreatePolygon(Ring(polygon.Shell), [.. polygon.Holes.Select(Ring)]);

    public static Point Point(Position position) =>
        Factory.CreatePoint(new Coordinate(position.LongitudeDegrees, position.LatitudeDegrees));

    private static LinearRing Ring(Ring ring) =>
        Factory.CreateLinearRing([.. ring.Vertices.Select(vertex => new Coordinate(vertex.LongitudeDegrees, vertex.LatitudeDegrees))]);
}
