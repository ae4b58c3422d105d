using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OmniIoT.Dialects.Makers;

/// <summary>How makers' payloads are read and written.</summary>
internal static class MakerJson
{
    /// <summary>Texts stay as they are.</summary>
    public static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is not JSON, or names a member twice.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload.ToArray(), Strict);
        return document.RootElement.Clone();
    }

    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static JsonElement ParseObject(ReadOnlySpan<byte> payload)
    {
        JsonElement root = Parse(payload);
        return root.ValueKind == JsonValueKind.Object ? root : throw new JsonException("An object is expected.");
    }

    public static JsonNode? ToNode(this JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(value),
            JsonValueKind.Array => JsonArray.Create(value),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => JsonValue.Create(value),
        };

    /// <summary>The member of that name as an object, as a merge patch takes it; empty when it is none.</summary>
    public static JsonObject ToObject(this JsonElement value) => value.ValueKind == JsonValueKind.Object ? JsonObject.Create(value)! : [];

    /// <summary>Its text; null when it has none of that name.</summary>
    public static string? Text(this JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>Its number; null when it has none of that name.</summary>
    public static double? Number(this JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Number ? member.GetDouble() : null;
}
