using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OmniIoT.Domain;

/// <summary>The one JSON manner of the platform: camelCase names and enums, nulls written, unknown members ignored on reading.</summary>
public static class OmniJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static byte[] Utf8(JsonNode json) => JsonSerializer.SerializeToUtf8Bytes(json, Options);

    /// <summary>Sets the manner on options that somebody else owns.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.General)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { TakeWhatIsThere } },
        };
        Configure(options);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// What is required of code is not required of text: what an earlier version did not write yet, or somebody leaves out, has its
    /// default.
    /// </summary>
    private static void TakeWhatIsThere(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
            property.IsRequired = false;
    }
}
