using System.Text.Json;
using System.Text.Json.Nodes;

namespace OmniIoT.Edge.Downlink;

/// <summary>JSON that others wrote, read to its last leaf before anything is taken from it.</summary>
internal static class UntrustedJson
{
    /// <summary>
    /// The node, in which every name and text can be read: names that occur twice and halves of characters are otherwise found by whoever
    /// comes across them.
    /// </summary>
    /// <exception cref="JsonException">It is no JSON, or nested too deep.</exception>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    /// <exception cref="InvalidOperationException">A text is none.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        JsonNode? node = JsonNode.Parse(utf8);
        Visit(node);
        return node;
    }

    /// <summary>Whether <see cref="Parse"/> found that it is no good.</summary>
    public static bool IsProblem(Exception failure) => failure is JsonException or ArgumentException or InvalidOperationException;

    private static void Visit(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach ((string _, JsonNode? member) in members)
                Visit(member);
        }
        else if (node is JsonArray elements)
        {
            foreach (JsonNode? element in elements)
                Visit(element);
        }
        else if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            value.GetValue<string>();
    }
}
