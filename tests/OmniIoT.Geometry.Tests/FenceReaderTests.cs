using System.Text;
using System.Text.Json;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Geometry.Tests;

public sealed class FenceReaderTests
{
    [Fact]
    public void Longitude_comes_first_in_the_text_only()
    {
        DocumentReading<Fence> reading = Read(
            """{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[[49,40],[49.01,40],[49.01,40.01],[49,40.01],[49,40]]]}}"""
        );

        Polygon polygon = Assert.IsType<Polygon>(reading.Value?.Geometry);
        Assert.Equal(new Position(40, 49.01), polygon.Shell.Vertices[1]);
    }

    [Fact]
    public void A_missing_name_is_the_id()
    {
        Assert.Equal("f1", Read("""{"siteId":"s","geometry":{"type":"Point","coordinates":[49,40]},"radiusMeters":30}""").Value?.Name);
    }

    [Theory]
    [InlineData("""{"siteId":"s","name":"bar","geometry":{"type":"Point","coordinates":[49.86,40.41]},"radiusMeters":30.5}""")]
    [InlineData(
        """{"siteId":"s","name":"bar","geometry":{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[1,1],[1,2],[2,2],[1,1]]]},"radiusMeters":null}"""
    )]
    [InlineData(
        """{"siteId":"s","name":"bar","geometry":{"type":"MultiPolygon","coordinates":[[[[0.1,0.2],[1E-07,0.30000000000000004],[-180,90],[0.1,0.2]]],[[[10,10],[11,10],[11,11],[10,10]]]]},"radiusMeters":null}"""
    )]
    public void What_is_written_is_what_was_read(string json)
    {
        Fence fence = Assert.IsType<Fence>(Read(json).Value);

        string written = Write(fence);

        Assert.Equal(json.Insert(1, "\"id\":\"f1\","), written);
        Assert.Equal(fence, Read(written).Value);
    }

    [Theory]
    [InlineData("[]", "", "must be an object")]
    [InlineData("""{"siteId":"s"}""", "/geometry", "is required")]
    [InlineData(
        """{"siteId":"s","geometry":{"type":"LineString","coordinates":[]}}""",
        "/geometry/type",
        "must be Polygon, MultiPolygon or Point"
    )]
    [InlineData("""{"siteId":"s","geometry":{"type":"Polygon"}}""", "/geometry/coordinates", "is required")]
    [InlineData("""{"siteId":"s","geometry":{"type":"Polygon","coordinates":[]}}""", "/geometry/coordinates", "is empty")]
    [InlineData("""{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[]]}}""", "/geometry/coordinates/0", "is empty")]
    [InlineData(
        """{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}}""",
        "/geometry/coordinates/0",
        "is not closed: the last position must repeat the first"
    )]
    [InlineData(
        """{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}}""",
        "/geometry/coordinates/0",
        "has too few positions: a ring needs four, the last repeating the first"
    )]
    [InlineData(
        """{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[[0,0],[1e999,0],[1,1],[0,0]]]}}""",
        "/geometry/coordinates/0/1/0",
        "must be a longitude in degrees, -180 to 180"
    )]
    [InlineData(
        """{"siteId":"s","geometry":{"type":"Point","coordinates":[0,90.001]},"radiusMeters":5}""",
        "/geometry/coordinates/1",
        "must be a latitude in degrees, -90 to 90"
    )]
    [InlineData("""{"siteId":"s","geometry":{"type":"Point","coordinates":[0,0]}}""", "/radiusMeters", "is required for a Point")]
    [InlineData(
        """{"siteId":"s","geometry":{"type":"Point","coordinates":[0,0]},"radiusMeters":0}""",
        "/radiusMeters",
        "must be a number, above 0, at most 1000000"
    )]
    [InlineData(
        """{"siteId":"s","geometry":{"type":"Point","coordinates":[0,0]},"radiusMeters":1000001}""",
        "/radiusMeters",
        "must be a number, above 0, at most 1000000"
    )]
    [InlineData(
        """{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}}""",
        "/geometry/coordinates/0",
        "crosses itself at latitude 1, longitude 1"
    )]
    [InlineData(
        """{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]],[[5,5],[6,5],[6,6],[5,5]]]}}""",
        "/geometry/coordinates",
        "a hole lies outside its polygon at latitude 5, longitude 5"
    )]
    public void A_wrong_fence_is_refused_at_its_place(string json, string pointer, string message)
    {
        Assert.Equal([new FieldMistake(pointer, message)], Read(json).Mistakes);
    }

    [Fact]
    public void Every_mistake_is_named()
    {
        DocumentReading<Fence> reading = Read(
            """{"colour":1,"geometry":{"type":"Polygon","coordinates":[[[0,91],[181,0],[1,1],[0,0]],7]},"radiusMeters":5}"""
        );

        Assert.Equal(
            [
                "/colour",
                "/siteId",
                "/radiusMeters",
                "/geometry/coordinates/0/0/1",
                "/geometry/coordinates/0/1/0",
                "/geometry/coordinates/1",
            ],
            reading.Mistakes.Select(mistake => mistake.Pointer)
        );
    }

    [Fact]
    public void Every_crossing_of_a_ring_is_named()
    {
        DocumentReading<Fence> reading = Read(
            """{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,2],[3,-1],[2,-1],[1,2],[0,0]]]}}"""
        );

        Assert.Equal(2, reading.Mistakes.Count);
        Assert.All(
            reading.Mistakes,
            mistake => Assert.StartsWith("crosses itself at latitude 0, longitude ", mistake.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Ten_thousand_vertices_are_the_most()
    {
        Assert.True(Read(RingOf(FenceReader.MaxVertices)).Accepted);
        Assert.Equal(
            [new FieldMistake("/geometry/coordinates/0", "brings the fence above 10000 vertices")],
            Read(RingOf(FenceReader.MaxVertices + 1)).Mistakes
        );
    }

    private static string RingOf(int vertices)
    {
        StringBuilder json = new("""{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[""");
        for (int i = 0; i < vertices - 1; i++)
        {
            double angle = i * 2 * Math.PI / (vertices - 1);
            json.Append(System.Globalization.CultureInfo.InvariantCulture, $"[{Math.Cos(angle)},{Math.Sin(angle)}],");
        }

        return json.Append("[1,0]]]}}").ToString();
    }

    private static DocumentReading<Fence> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return FenceReader.Read("f1", document.RootElement, TestContext.Current.CancellationToken);
    }

    private static string Write(Fence fence)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
            FenceWriter.Write(writer, fence);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
