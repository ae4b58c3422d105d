using System.Text.Json;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Geometry;

/// <summary>Reads a fence from JSON; it is accepted, or refused whole with every mistake.</summary>
public static class FenceReader
{
    /// <summary>Most vertices of one fence, over all its rings, the closing ones included.</summary>
    public const int MaxVertices = 10_000;

    /// <summary>Greatest radius of a circle: beyond it a fence is a part of the world, not a place.</summary>
    public const double MaxRadiusMeters = 1_000_000;

    internal const int MaxTextLength = 200;

    /// <summary>
    /// Reads <c>{"siteId","name","geometry","radiusMeters"}</c>, the geometry GeoJSON (RFC 7946) of type Polygon, MultiPolygon
    /// or Point. A Point needs the radius, the others must not have it. A missing name is the id.
    /// </summary>
    /// <param name="id">The fence's id, from the address.</param>
    /// <param name="document">The JSON.</param>
    /// <param name="cancellationToken">Ends the check of an intricate geometry.</param>
    public static DocumentReading<Fence> Read(string id, JsonElement document, CancellationToken cancellationToken)
    {
        List<FieldMistake> mistakes = [];
        JsonFields? fields = JsonFields.Of(document, "", mistakes);
        if (fields is null)
            return DocumentReading.Refused<Fence>(mistakes);

        fields.RefuseOthers("id", "siteId", "name", "geometry", "radiusMeters");
        string? siteId = fields.RequiredText("siteId", MaxTextLength);
        string name = fields.Text("name", MaxTextLength) ?? id;
        FenceGeometry? geometry = ReadGeometry(fields, fields, mistakes, cancellationToken);
        return mistakes.Count > 0 || siteId is null || geometry is null
            ? DocumentReading.Refused<Fence>(mistakes)
            : DocumentReading.Of(new Fence(id, siteId, name, geometry));
    }

    /// <param name="fields">Where the geometry stands.</param>
    /// <param name="measures">Where the radius stands.</param>
    internal static FenceGeometry? ReadGeometry(
        JsonFields fields,
        JsonFields measures,
        List<FieldMistake> mistakes,
        CancellationToken cancellationToken
    )
    {
        Validity validity = new(mistakes, cancellationToken);
        double? radius = measures.NumberAbove("radiusMeters", 0, MaxRadiusMeters);
        if (fields.RequiredObject("geometry") is not { } geometry)
            return null;

        string? type = geometry.RequiredText("type", MaxTextLength);
        if (type is not (null or "Polygon" or "MultiPolygon" or "Point"))
        {
            geometry.RefuseAs("type", GeometryMistakes.GeometryType);
            return null;
        }

        if (type == "Point" != measures.Has("radiusMeters") && type is not null)
        {
            if (type == "Point")
                measures.RefuseAs("radiusMeters", GeometryMistakes.RadiusRequired);
            else
                measures.RefuseAs("radiusMeters", GeometryMistakes.RadiusNotFor, ("geometry", type));
        }
        if (geometry.Find("coordinates") is not { } coordinates)
        {
            geometry.RefuseAs("coordinates", MistakeKinds.Required);
            return null;
        }

        CoordinateReader reader = new(mistakes);
        string pointer = geometry.PointerTo("coordinates");
        return type switch
        {
            "Point" => reader.ReadPosition(coordinates, pointer) is { } center && radius is { } meters ? new Circle(center, meters) : null,
            "Polygon" => reader.ReadPolygon(coordinates, pointer) is { } polygon && reader.IsSound
                ? validity.Check(polygon, pointer)
                : null,
            "MultiPolygon" => reader.ReadMultiPolygon(coordinates, pointer) is { } multi && reader.IsSound
                ? validity.Check(multi, pointer)
                : null,
            _ => null,
        };
    }
}
