using System.Text.Json;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Geometry.Tests;

/// <summary>
/// Fences that lie across the antimeridian, uncut or cut there as RFC 7946 (3.1.9) wants it, and parts that share an edge.
/// </summary>
public sealed class AntimeridianTests
{
    private const string Across = """{"type":"Polygon","coordinates":[[[179.9,10],[-179.9,10],[-179.9,10.2],[179.9,10.2],[179.9,10]]]}""";

    private const string Cut =
        """{"type":"MultiPolygon","coordinates":[[[[179.9,10],[180,10],[180,10.2],[179.9,10.2],[179.9,10]]],[[[-180,10],[-179.9,10],[-179.9,10.2],[-180,10.2],[-180,10]]]]}""";

    private const string Turned =
        """{"type":"Polygon","coordinates":[[[-179.9,10.2],[179.9,10.2],[179.9,10],[-179.9,10],[-179.9,10.2]]]}""";

    [Theory]
    [InlineData(179.95, true)]
    [InlineData(-179.95, true)]
    [InlineData(180, true)]
    [InlineData(-180, true)]
    [InlineData(179.9, true)]
    [InlineData(-179.9, true)]
    [InlineData(179.89, false)]
    [InlineData(-179.89, false)]
    [InlineData(0, false)]
    [InlineData(90, false)]
    public void An_edge_over_the_antimeridian_goes_the_short_way_round(double longitude, bool inside)
    {
        foreach (string geometry in (string[])[Across, Cut, Turned])
        {
            FenceIndex index = FenceIndex.Build([Accepted(geometry)]);
            List<Fence> found = [];
            index.Match(new Position(10.1, longitude), found);

            Assert.Equal((inside, inside), (index.Covers("f", new Position(10.1, longitude)), found.Count == 1));
        }
    }

    [Theory]
    [InlineData(180, 0)]
    [InlineData(-180, 0)]
    [InlineData(179.95, -0.05)]
    [InlineData(-179.95, 0.05)]
    [InlineData(179.85, -0.15)]
    public void The_cut_is_no_border(double longitude, double degreesFromMiddle)
    {
        double expected = Geodesy.DistanceMeters(new Position(10.1, 0), new Position(10.1, 0.1 - Math.Abs(degreesFromMiddle)));
        foreach (string geometry in (string[])[Across, Cut, Turned])
        {
            double distance = FenceIndex.Build([Accepted(geometry)]).DistanceToBorderMeters("f", new Position(10.1, longitude));

            Assert.Equal(expected, distance, expected * 0.001);
        }
    }

    [Theory]
    [InlineData(40.01, 49.01)] // on the edge that both have
    [InlineData(40.005, 49.005)]
    [InlineData(40.005, 49.015)]
    public void Parts_may_share_an_edge_and_it_is_no_border(double latitude, double longitude)
    {
        Fence fence = Accepted(
            """{"type":"MultiPolygon","coordinates":[[[[49,40],[49.01,40],[49.01,40.02],[49,40.02],[49,40]]],[[[49.01,40],[49.02,40],[49.02,40.02],[49.01,40.02],[49.01,40]]]]}"""
        );
        Fence whole = Accepted("""{"type":"Polygon","coordinates":[[[49,40],[49.02,40],[49.02,40.02],[49,40.02],[49,40]]]}""");
        Position point = new(latitude, longitude);
        FenceIndex index = FenceIndex.Build([fence]);

        Assert.True(index.Covers("f", point));
        Assert.Equal(FenceIndex.Build([whole]).DistanceToBorderMeters("f", point), index.DistanceToBorderMeters("f", point), 0.001);
    }

    [Fact]
    public void Of_an_edge_that_is_shared_in_part_the_rest_is_border()
    {
        // The second part leans against the middle of the first one's eastern side.
        Fence fence = Accepted(
            """{"type":"MultiPolygon","coordinates":[[[[0,0],[0.03,0],[0.03,0.03],[0,0.03],[0,0]]],[[[0.03,0.01],[0.06,0.01],[0.06,0.02],[0.03,0.02],[0.03,0.01]]]]}"""
        );
        FenceIndex index = FenceIndex.Build([fence]);

        Assert.Equal(0, index.DistanceToBorderMeters("f", new Position(0.005, 0.03)), 0.001);
        Assert.Equal(0, index.DistanceToBorderMeters("f", new Position(0.025, 0.03)), 0.001);
        Assert.Equal(Geodesy.DistanceMeters(new(0, 0), new(0.005, 0)), index.DistanceToBorderMeters("f", new Position(0.015, 0.03)), 0.01);
    }

    [Fact]
    public void A_part_may_fill_another_ones_hole()
    {
        Fence fence = Accepted(
            """{"type":"MultiPolygon","coordinates":[[[[0,0],[3,0],[3,3],[0,3],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]],[[[1,1],[2,1],[2,2],[1,2],[1,1]]]]}"""
        );
        FenceIndex index = FenceIndex.Build([fence]);

        Assert.True(index.Covers("f", new Position(1, 1.5)));
        Assert.True(index.DistanceToBorderMeters("f", new Position(1, 1.5)) > 100_000);
    }

    [Theory]
    [InlineData(
        """[[[[0,0],[2,0],[2,2],[0,2],[0,0]]],[[[1,1],[3,1],[3,3],[1,3],[1,1]]]]""",
        "/geometry/coordinates/1",
        "overlaps part 0 at latitude 1.5, longitude 1.5"
    )]
    [InlineData(
        """[[[[0,0],[3,0],[3,3],[0,3],[0,0]]],[[[1,1],[2,1],[2,2],[1,2],[1,1]]]]""",
        "/geometry/coordinates/1",
        "overlaps part 0 at latitude 1.5, longitude 1.5"
    )]
    [InlineData(
        """[[[[179,0],[-179,0],[-179,2],[179,2],[179,0]]],[[[-180,0],[-178,0],[-178,2],[-180,2],[-180,0]]]]""",
        "/geometry/coordinates/1",
        "overlaps part 0 at latitude 1, longitude -179.5"
    )]
    public void Parts_must_not_overlap(string coordinates, string pointer, string message)
    {
        DocumentReading<Fence> reading = Read($$"""{"type":"MultiPolygon","coordinates":{{coordinates}}}""");

        Assert.Equal([new FieldMistake(pointer, message)], reading.Mistakes);
    }

    [Fact]
    public void A_hole_may_lie_beyond_the_antimeridian()
    {
        Fence fence = Accepted(
            """{"type":"Polygon","coordinates":[[[179,0],[-179,0],[-179,2],[179,2],[179,0]],[[-179.8,0.5],[-179.8,1.5],[-179.4,1.5],[-179.4,0.5],[-179.8,0.5]]]}"""
        );
        FenceIndex index = FenceIndex.Build([fence]);

        Assert.True(index.Covers("f", new Position(1, 179.5)));
        Assert.True(index.Covers("f", new Position(1, -179.9)));
        Assert.False(index.Covers("f", new Position(1, -179.6)));
        Assert.True(index.Covers("f", new Position(1, -179.2)));
    }

    [Fact]
    public void A_ring_around_a_pole_is_refused_until_it_is_cut()
    {
        DocumentReading<Fence> around = Read("""{"type":"Polygon","coordinates":[[[0,80],[120,81],[-120,82],[0,80]]]}""");

        Assert.Equal(
            [new FieldMistake("/geometry/coordinates/0", "goes round a pole: cut it along the antimeridian, from -180 to 180")],
            around.Mistakes
        );
        FenceIndex cap = FenceIndex.Build([
            Accepted("""{"type":"Polygon","coordinates":[[[-180,80],[0,80],[180,80],[180,90],[-180,90],[-180,80]]]}"""),
        ]);
        Assert.True(cap.Covers("f", new Position(85, 180)));
        Assert.Equal(Geodesy.DistanceMeters(new(81, 0), new(80, 0)), cap.DistanceToBorderMeters("f", new Position(81, 180)), 200.0);
    }

    [Fact]
    public void A_mistake_beyond_the_antimeridian_is_told_in_the_senders_degrees()
    {
        DocumentReading<Fence> reading = Read("""{"type":"Polygon","coordinates":[[[179,0],[-177,2],[-177,0],[179,2],[179,0]]]}""");

        Assert.Equal([new FieldMistake("/geometry/coordinates/0", "crosses itself at latitude 1, longitude -179")], reading.Mistakes);
    }

    [Fact]
    public void What_is_stored_is_what_was_told()
    {
        Polygon polygon = Assert.IsType<Polygon>(Accepted(Across).Geometry);

        Assert.Equal(new Position(10, -179.9), polygon.Shell.Vertices[1]);
    }

    private static Fence Accepted(string geometry)
    {
        DocumentReading<Fence> reading = Read(geometry);
        Assert.Empty(reading.Mistakes);
        return reading.Value!;
    }

    private static DocumentReading<Fence> Read(string geometry)
    {
        using JsonDocument document = JsonDocument.Parse($$"""{"siteId":"s","geometry":{{geometry}}}""");
        return FenceReader.Read("f", document.RootElement, TestContext.Current.CancellationToken);
    }
}
