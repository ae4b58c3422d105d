using System.Globalization;
using System.Text.Json;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Geometry.Tests;

/// <summary>Geometries whose check or refusal would grow with the square of their size.</summary>
public sealed class IntricateGeometryTests
{
    private const string TooIntricate = "is too intricate: too many of its edges run close beside one another";

    [Fact]
    public void Of_a_stars_million_crossings_the_first_twenty_are_named()
    {
        // Each vertex leads to the one nearly opposite.
        IReadOnlyList<FieldMistake> mistakes = Read(Polygon(Ring(2_001, i => OnCircle(i * 1000 % 2001 / 2001.0)))).Mistakes;

        Assert.Equal(20, mistakes.Count);
        Assert.All(mistakes, mistake => Assert.StartsWith("crosses itself at ", mistake.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_ring_of_ten_thousand_long_teeth_side_by_side_is_too_intricate()
    {
        Assert.Equal([new FieldMistake("/geometry/coordinates", TooIntricate)], Read(Polygon(Teeth(9_990))).Mistakes);
    }

    [Fact]
    public void Thousands_of_parts_in_each_others_boxes_are_too_intricate()
    {
        string parts = string.Join(',', Enumerable.Range(0, 2_400).Select(i => $"[{Sliver(i * 0.001)}]"));

        Assert.Equal(
            [new FieldMistake("/geometry/coordinates", TooIntricate)],
            Read($$"""{"type":"MultiPolygon","coordinates":[{{parts}}]}""").Mistakes
        );
    }

    [Fact]
    public void Of_parts_that_overlap_one_another_the_first_twenty_are_named()
    {
        string parts = string.Join(',', Enumerable.Repeat($"[{Sliver(0)}]", 100));

        Assert.Equal(20, Read($$"""{"type":"MultiPolygon","coordinates":[{{parts}}]}""").Mistakes.Count);
    }

    [Fact]
    public void Whoever_leaves_ends_the_check()
    {
        using CancellationTokenSource left = new();
        left.Cancel();
        using JsonDocument document = Document(Polygon(Teeth(9_990)));

        Assert.Throws<OperationCanceledException>(() => FenceReader.Read("f", document.RootElement, left.Token));
    }

    [Fact]
    public void A_rough_coast_of_ten_thousand_vertices_is_accepted()
    {
        Random random = new(5);
        Assert.True(Read(Polygon(Ring(9_999, i => OnCircle(i / 9_999.0, 1 + (0.2 * random.NextDouble()))))).Accepted);
    }

    // Up and down between two lines, each stroke beside the one before.
    private static string Teeth(int vertices) =>
        Ring(vertices, i => i < vertices - 1 ? ((i * 0.001) + (i % 2 == 0 ? 0 : 40), i % 2 == 0 ? 0 : 40) : (60, -10));

    private static string Sliver(double x) =>
        Ring(
            3,
            i =>
                i switch
                {
                    0 => (x, 0),
                    1 => (x + 0.0004, 0),
                    _ => (x + 40, 40),
                }
        );

    private static (double X, double Y) OnCircle(double turn, double radius = 1) =>
        (radius * Math.Cos(2 * Math.PI * turn), radius * Math.Sin(2 * Math.PI * turn));

    private static string Ring(int vertices, Func<int, (double X, double Y)> at)
    {
        (double X, double Y)[] points = [.. Enumerable.Range(0, vertices).Select(at)];
        IEnumerable<string> positions = points
            .Append(points[0])
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"[{point.X},{point.Y}]"));
        return $"[{string.Join(',', positions)}]";
    }

    private static string Polygon(string ring) => $$"""{"type":"Polygon","coordinates":[{{ring}}]}""";

    private static JsonDocument Document(string geometry) => JsonDocument.Parse($$"""{"siteId":"s","geometry":{{geometry}}}""");

    private static DocumentReading<Fence> Read(string geometry)
    {
        using JsonDocument document = Document(geometry);
        return FenceReader.Read("f", document.RootElement, TestContext.Current.CancellationToken);
    }
}
