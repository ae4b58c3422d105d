using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using OmniIoT.Domain.Places;
using Polygon = OmniIoT.Domain.Places.Polygon;
using Position = OmniIoT.Domain.Places.Position;

namespace OmniIoT.Geometry.Tests;

/// <summary>Tests every fence on its own: polygons by NetTopologySuite, circles by the distance.</summary>
internal sealed class Oracle(IEnumerable<Fence> fences)
{
    private readonly ImmutableArray<(Fence Fence, IPreparedGeometry? Area)> _areas = [.. fences.Select(fence => (fence, Prepare(fence)))];

    /// <summary>A polygon or its parts, in longitudes that run on across the antimeridian.</summary>
    public static NetTopologySuite.Geometries.Geometry Area(FenceGeometry geometry) =>
        geometry is Domain.Places.MultiPolygon multi
            ? new NetTopologySuite.Geometries.MultiPolygon([.. Unrolled.Polygons(multi.Polygons).Select(ToNetTopologySuite.Polygon)])
            : ToNetTopologySuite.Polygon(Unrolled.Polygon((Polygon)geometry));

    /// <summary>The point as it lies, and a turn around the earth to either side.</summary>
    public static IEnumerable<Point> Turns(Position point) =>
        new double[] { -360, 0, 360 }.Select(turn =>
            ToNetTopologySuite.Point(point with { LongitudeDegrees = point.LongitudeDegrees + turn })
        );

    public void AssertEqual(FenceIndex index, Position point)
    {
        List<Fence> found = [];
        index.Match(point, found);
        string[] expected =
        [
            .. _areas.Where(area => Covers(area.Fence, area.Area, point)).Select(area => area.Fence.Id).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(expected, found.Select(fence => fence.Id).Order(StringComparer.Ordinal));
    }

    private static IPreparedGeometry? Prepare(Fence fence) =>
        fence.Geometry is Circle ? null : PreparedGeometryFactory.Prepare(Area(fence.Geometry));

    private static bool Covers(Fence fence, IPreparedGeometry? area, Position point) =>
        fence.Geometry is Circle circle
            ? Geodesy.DistanceMeters(circle.Center, point) <= circle.RadiusMeters
            : Turns(point).Any(area!.Covers);
}
