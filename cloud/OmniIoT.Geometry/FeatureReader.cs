using System.Text.Json;
using OmniIoT.Devices;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Geometry;

/// <summary>Reads a fence from a feature of GeoJSON (RFC 7946, 3.2), as <see cref="FenceReader"/> does from a document.</summary>
public static class FeatureReader
{
    private static readonly JsonElement NoProperties = JsonDocument.Parse("{}").RootElement;

    /// <summary>The feature's own id, as text, or that among its properties; null when it has none.</summary>
    public static string? IdOf(JsonElement feature)
    {
        if (feature.ValueKind is not JsonValueKind.Object)
            return null;
        return TextOf(feature, "id")
            ?? (
                feature.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind is JsonValueKind.Object
                    ? TextOf(properties, "id")
                    : null
            );
    }

    /// <summary>
    /// Reads <c>{"type":"Feature","id","geometry","properties":{"id","name","siteId","radiusMeters"}}</c>; what else it has says nothing.
    /// </summary>
    /// <param name="siteId">The site of all; null: each names its own.</param>
    /// <param name="cancellationToken">Ends the check of an intricate geometry.</param>
    public static DocumentReading<Fence> Read(JsonElement feature, string? siteId, CancellationToken cancellationToken)
    {
        List<FieldMistake> mistakes = [];
        if (JsonFields.Of(feature, "", mistakes) is not { } fields)
            return DocumentReading.Refused<Fence>(mistakes);
        if (fields.RequiredText("type", FenceReader.MaxTextLength) is { } type && type != "Feature")
            fields.RefuseAs("type", GeometryMistakes.FeatureType);
        string? id = IdOf(feature);
        if (id is null)
            fields.RefuseAs("id", GeometryMistakes.FeatureId);
        else if (!Identifier.IsValid(id))
            fields.RefuseAs("id", MistakeKinds.Id);
        JsonFields properties = fields.Object("properties") ?? JsonFields.Of(NoProperties, "/properties", mistakes)!;
        string? site = siteId ?? properties.RequiredText("siteId", FenceReader.MaxTextLength);
        string? name = properties.Text("name", FenceReader.MaxTextLength) ?? id;
        FenceGeometry? geometry = FenceReader.ReadGeometry(fields, properties, mistakes, cancellationToken);
        return mistakes.Count > 0 || id is null || site is null || name is null || geometry is null
            ? DocumentReading.Refused<Fence>(mistakes)
            : DocumentReading.Of(new Fence(id, site, name, geometry));
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;
}
