using System.Text.Json.Nodes;

namespace OmniIoT.Domain.Text;

/// <summary>The name and the addresses of a person who is to be forgotten, found as whole words whatever their case.</summary>
public sealed class PersonalWords(IEnumerable<string?> words)
{
    private readonly string[] _words =
    [
        .. words.Where(word => !string.IsNullOrWhiteSpace(word)).Select(word => word!.Trim()).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    public bool StandIn(string? text) => text is not null && Array.Exists(_words, word => StandsIn(text, word));

    /// <summary>A merge patch that takes every property away in which any of them stands, be it as its name.</summary>
    public JsonObject PatchOf(JsonObject properties)
    {
        JsonObject patch = [];
        foreach ((string name, JsonNode? value) in properties)
        {
            if (StandIn(name) || (value is not JsonObject && StandIn(value?.ToString())))
                patch[name] = null;
            else if (value is JsonObject nested && PatchOf(nested) is { Count: > 0 } inner)
                patch[name] = inner;
        }
        return patch;
    }

    private static bool StandsIn(string text, string word)
    {
        for (int at = Find(0); at >= 0; at = Find(at + 1))
        {
            int end = at + word.Length;
            bool begins = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            if (begins && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }
        return false;

        int Find(int from) => text.IndexOf(word, from, StringComparison.OrdinalIgnoreCase);
    }
}
