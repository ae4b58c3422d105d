using NetTopologySuite.Geometries.Prepared;
using OmniIoT.Domain.Places;

namespace OmniIoT.Geometry.Tests;

/// <summary>A million points on borders and beside them, each asked of the fence whose border it is.</summary>
public sealed class FenceBorderTests
{
    private const int Fences = 2_000;
    private const int PointsPerFence = 500;

    [Fact]
    public void At_every_border_the_answer_is_that_of_the_oracle()
    {
        RandomFences source = new(seed: 21);
        Fence[] fences = [.. source.Make(Fences).Select(Written)];
        List<Fence> found = [];

        foreach (Fence fence in fences)
        {
            FenceIndex index = FenceIndex.Build([fence]);
            IPreparedGeometry? area = fence.Geometry is Circle ? null : PreparedGeometryFactory.Prepare(Oracle.Area(fence.Geometry));
            for (int i = 0; i < PointsPerFence; i++)
            {
                Position point = source.PointNear(fence);
                found.Clear();
                index.Match(point, found);
                bool expected = fence.Geometry is Circle circle
                    ? Geodesy.DistanceMeters(circle.Center, point) <= circle.RadiusMeters
                    : Oracle.Turns(point).Any(area!.Covers);
                if (expected != found.Exists(match => match.Id == fence.Id))
                    Assert.Fail($"{fence} at {point}: {expected}");
            }
        }
    }

    // Every other one in coordinates of seven decimals, which are packed in a form of their own.
    private static Fence Written(Fence fence, int number) =>
        number % 2 == 0 && fence.Geometry is Polygon polygon && RandomFences.Valid(Rounded(polygon)) is { } rounded
            ? fence with
            {
                Geometry = rounded,
            }
            : fence;

    private static Polygon Rounded(Polygon polygon) => new(Rounded(polygon.Shell), [.. polygon.Holes.Select(Rounded)]);

    private static Ring Rounded(Ring ring) =>
        new([
            .. ring.Vertices.Select(vertex => new Position(
                Math.Round(vertex.LatitudeDegrees * 1e7) / 1e7,
                Math.Round(vertex.LongitudeDegrees * 1e7) / 1e7
            )),
        ]);
}
