using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;

namespace OmniIoT.Geometry;

/// <summary>Where a ring crosses itself.</summary>
internal static class Crossings
{
    /// <summary>The first crossings, each once; a star of 2,000 vertices has a million.</summary>
    /// <exception cref="TooIntricateException">Looking for them goes beyond the budget.</exception>
    public static IReadOnlyList<Coordinate> Of(Polygon ring, int most, GeometryBudget budget)
    {
        NodingIntersectionFinder finder = NodingIntersectionFinder.CreateAllIntersectionsFinder(new RobustLineIntersector());
        new MCIndexNoder(new Some(finder, most, budget)).ComputeNodes([new NodedSegmentString(ring.ExteriorRing.Coordinates, null)]);
        return [.. finder.Intersections.DistinctBy(crossing => (crossing.X, crossing.Y)).Take(most)];
    }

    // A crossing that lies in a vertex is found once for each edge there.
    private sealed class Some(NodingIntersectionFinder finder, int most, GeometryBudget budget) : ISegmentIntersector
    {
        public bool IsDone => finder.Intersections.Count >= 4 * most;

        public void ProcessIntersections(ISegmentString first, int firstIndex, ISegmentString second, int secondIndex)
        {
            if (IsDone)
                return;
            budget.Charge(1);
            finder.ProcessIntersections(first, firstIndex, second, secondIndex);
        }
    }
}
