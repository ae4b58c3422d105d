using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OmniIoT.Domain;

/// <summary>The one JSON manner of the platform: camelCase names and enums, nulls written, unknown members ignored on reading.</summary>
public static class OmniJson
{
    public static JsonSerializerOptions Options { get; } = Create(TakeWhatIsThere);

    /// <summary>The same for whoever asks or watches: without <see cref="InnerAttribute">inner</see> members.</summary>
    public static JsonSerializerOptions Shown { get; } = Create(TakeWhatIsThere, LeaveOutInner);

    public static byte[] Utf8(JsonNode json) => JsonSerializer.SerializeToUtf8Bytes(json, Options);

    /// <summary>Sets the manner on options that somebody else owns.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    /// <summary>Takes the <see cref="InnerAttribute">inner</see> members out of a type as it is written.</summary>
    public static void LeaveOutInner(JsonTypeInfo type)
    {
        for (int i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].AttributeProvider?.IsDefined(typeof(InnerAttribute), inherit: false) is true)
                type.Properties.RemoveAt(i);
        }
    }

    private static JsonSerializerOptions Create(params ReadOnlySpan<Action<JsonTypeInfo>> modifiers)
    {
        DefaultJsonTypeInfoResolver resolver = new();
        foreach (Action<JsonTypeInfo> modifier in modifiers)
            resolver.Modifiers.Add(modifier);
        JsonSerializerOptions options = new(JsonSerializerDefaults.General) { TypeInfoResolver = resolver };
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
