using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Geometry;

/// <summary>
/// Reads the nested arrays of GeoJSON coordinates and notes every mistake of form. Longitude comes first here and nowhere
/// beyond; what follows latitude, such as an altitude, is left out (RFC 7946, 3.1.1).
/// </summary>
internal sealed class CoordinateReader(List<FieldMistake> mistakes)
{
    private readonly int _mistakesBefore = mistakes.Count;
    private int _vertices;

    /// <summary>No mistake of form was found.</summary>
    public bool IsSound => mistakes.Count == _mistakesBefore;

    public MultiPolygon? ReadMultiPolygon(JsonElement element, string pointer)
    {
        List<Polygon> polygons = [];
        foreach ((JsonElement item, string itemPointer) in Items(element, pointer, GeometryMistakes.Polygons))
        {
            if (ReadPolygon(item, itemPointer) is { } polygon)
                polygons.Add(polygon);
        }

        return polygons.Count == 0 ? null : new MultiPolygon([.. polygons]);
    }

    public Polygon? ReadPolygon(JsonElement element, string pointer)
    {
        List<Ring> rings = [];
        foreach ((JsonElement item, string itemPointer) in Items(element, pointer, GeometryMistakes.Rings))
        {
            if (ReadRing(item, itemPointer) is { } ring)
                rings.Add(ring);
        }

        return rings.Count == 0 ? null : new Polygon(rings[0], [.. rings.Skip(1)]);
    }

    public Position? ReadPosition(JsonElement element, string pointer)
    {
        if (element.ValueKind is not JsonValueKind.Array || element.GetArrayLength() < 2)
        {
            Refuse(pointer, GeometryMistakes.Position);
            return null;
        }

        double? longitude = ReadDegrees(element[0], $"{pointer}/0", 180, GeometryMistakes.Longitude);
        double? latitude = ReadDegrees(element[1], $"{pointer}/1", 90, GeometryMistakes.Latitude);
        return longitude is { } x && latitude is { } y ? new Position(y, x) : null;
    }

    private Ring? ReadRing(JsonElement element, string pointer)
    {
        if (element.ValueKind is JsonValueKind.Array && IsTooLong(element.GetArrayLength(), pointer))
            return null;

        ImmutableArray<Position>.Builder vertices = ImmutableArray.CreateBuilder<Position>();
        int before = mistakes.Count;
        foreach ((JsonElement item, string itemPointer) in Items(element, pointer, GeometryMistakes.Positions))
        {
            if (ReadPosition(item, itemPointer) is { } vertex)
                vertices.Add(vertex);
        }

        if (mistakes.Count > before)
            return null;
        if (vertices[0] != vertices[^1])
            Refuse(pointer, GeometryMistakes.RingOpen);
        else if (vertices.Count < 4)
            Refuse(pointer, GeometryMistakes.RingTooShort);
        return new Ring(vertices.DrainToImmutable());
    }

    // The first ring that goes beyond the limit is refused, with those after it, before anything is read of them.
    private bool IsTooLong(int length, string pointer)
    {
        bool wasTooLong = _vertices > FenceReader.MaxVertices;
        _vertices += length;
        if (_vertices > FenceReader.MaxVertices && !wasTooLong)
            Refuse(pointer, GeometryMistakes.TooManyVertices, ("max", FenceReader.MaxVertices));
        return _vertices > FenceReader.MaxVertices;
    }

    private IEnumerable<(JsonElement Item, string Pointer)> Items(JsonElement element, string pointer, string otherwise)
    {
        if (element.ValueKind is not JsonValueKind.Array)
        {
            Refuse(pointer, otherwise);
            return [];
        }

        if (element.GetArrayLength() == 0)
            Refuse(pointer, GeometryMistakes.NoneGiven);
        return element.EnumerateArray().Select((item, i) => (item, $"{pointer}/{i}"));
    }

    private double? ReadDegrees(JsonElement element, string pointer, double limit, string otherwise)
    {
        if (element.ValueKind is JsonValueKind.Number && element.TryGetDouble(out double degrees) && Math.Abs(degrees) <= limit)
            return degrees;
        Refuse(pointer, otherwise);
        return null;
    }

    private void Refuse(string pointer, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values) =>
        mistakes.Add(new FieldMistake(pointer, Sentence.Of(kind, values)));
}
