using OmniIoT.Domain.Places;

namespace OmniIoT.Geometry.Tests;

public sealed class FenceIndexOracleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Finds_exactly_the_fences_that_the_oracle_finds(int seed)
    {
        RandomFences source = new(seed);
        List<Fence> fences = source.Make(400);
        Oracle oracle = new(fences);
        FenceIndex index = FenceIndex.Build(fences);

        foreach (Fence fence in fences)
        {
            for (int i = 0; i < 20; i++)
                oracle.AssertEqual(index, source.PointNear(fence));
        }
    }

    [Fact]
    public void Agrees_with_the_oracle_without_its_prepared_form()
    {
        RandomFences source = new(seed: 5);
        foreach (Fence fence in source.Make(200).Where(fence => fence.Geometry is Polygon))
        {
            NetTopologySuite.Geometries.Geometry plain = Oracle.Area(fence.Geometry);
            FenceIndex index = FenceIndex.Build([fence]);
            for (int i = 0; i < 20; i++)
            {
                Position point = source.PointNear(fence);
                Assert.Equal(Oracle.Turns(point).Any(plain.Covers), index.Covers(fence.Id, point));
            }
        }
    }

    [Fact]
    public void Stays_exact_through_additions_replacements_and_removals()
    {
        RandomFences source = new(seed: 7);
        List<Fence> fences = source.Make(300);
        FenceIndex index = FenceIndex.Build(fences.Take(100));
        foreach (Fence fence in fences.Skip(100).Take(100))
            index = index.With(fence);

        FenceIndex before = index;
        for (int i = 0; i < 50; i++)
        {
            index = index.Without(fences[i].Id);
            index = index.With(fences[200 + i] with { Id = fences[50 + i].Id });
        }

        Oracle oracle = new([.. fences[100..200], .. Enumerable.Range(0, 50).Select(i => fences[200 + i] with { Id = fences[50 + i].Id })]);
        Oracle oracleBefore = new(fences[..200]);
        Assert.Equal(150, index.Count);
        foreach (Fence fence in fences)
        {
            Position point = source.PointNear(fence);
            oracle.AssertEqual(index, point);
            oracleBefore.AssertEqual(before, point);
        }
    }

    [Fact]
    public void An_index_emptied_fence_by_fence_matches_nothing()
    {
        RandomFences source = new(seed: 8);
        List<Fence> fences = source.Make(50);

        FenceIndex index = fences.Aggregate(FenceIndex.Build(fences), (rest, fence) => rest.Without(fence.Id));

        List<Fence> found = [];
        foreach (Fence fence in fences)
            index.Match(source.PointNear(fence), found);
        Assert.Empty(found);
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public void A_polygon_of_many_tall_edges_is_exact()
    {
        // A comb: every tooth spans the whole height, the worst case for strips.
        List<Position> comb = [new(40, 49)];
        for (int i = 0; i < 2000; i++)
            comb.Add(new Position(i % 2 == 0 ? 40.9 : 40.1, 49 + (i * 0.0005)));
        comb.AddRange([new(40, 50), new(40, 49)]);
        Fence fence = new("comb", "s", "", new Polygon(new Ring([.. comb]), []));
        Oracle oracle = new([fence]);
        RandomFences source = new(seed: 9);
        FenceIndex index = FenceIndex.Build([fence]);

        for (int i = 0; i < 5000; i++)
            oracle.AssertEqual(index, source.PointNear(fence));
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        RandomFences source = new(seed: 10);
        List<Fence> fences = source.Make(500);
        FenceIndex index = FenceIndex.Build(fences);
        Position[] points = [.. fences.Select(source.PointNear)];
        List<Fence> found = new(capacity: 500);
        foreach (Position point in points)
            index.Match(point, found);

        found.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (Position point in points)
        {
            index.Match(point, found);
            found.Clear();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(90, 0)]
    [InlineData(-90, -180)]
    [InlineData(0, 180)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, 180.0000001)]
    public void The_ends_of_the_earth_are_matched_and_nothing_beyond(double latitude, double longitude)
    {
        Ring all = new([new(-90, -180), new(-90, 180), new(90, 180), new(90, -180), new(-90, -180)]);
        FenceIndex index = FenceIndex.Build([new Fence("world", "s", "", new Polygon(all, []))]);
        List<Fence> found = [];

        index.Match(new Position(latitude, longitude), found);

        Assert.Equal(new Position(latitude, longitude).IsOnEarth, found.Count == 1);
    }

    [Fact]
    public void The_distance_to_a_polygons_border_is_that_of_the_oracle_in_a_local_plane()
    {
        Polygon square = new(new Ring([new(40, 49), new(40, 49.01), new(40.01, 49.01), new(40.01, 49), new(40, 49)]), []);
        FenceIndex index = FenceIndex.Build([new Fence("q", "s", "", square)]);

        double inside = index.DistanceToBorderMeters("q", new Position(40.002, 49.005));
        double outside = index.DistanceToBorderMeters("q", new Position(40.005, 49.012));

        Assert.Equal(Geodesy.DistanceMeters(new(40.002, 49.005), new(40, 49.005)), inside, 0.01);
        Assert.Equal(Geodesy.DistanceMeters(new(40.005, 49.012), new(40.005, 49.01)), outside, 0.01);
    }
}
