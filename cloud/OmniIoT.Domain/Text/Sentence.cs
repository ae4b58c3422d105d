using System.Text.Json.Nodes;
using OmniIoT.Devices;

namespace OmniIoT.Domain.Text;

/// <summary>
/// Words that the platform makes itself: what they say, and of what, so that each reader can have them in their own language. Kinds and
/// names of values are public contract.
/// </summary>
/// <param name="Kind">One of <see cref="SentenceKinds"/>, <see cref="MistakeKinds"/> or <see cref="GeometryMistakes"/>.</param>
/// <param name="Values">Texts, numbers and lists of texts by name; null: nobody.</param>
public sealed record Sentence(string Kind, JsonObject Values)
{
    public static Sentence Of(string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values)
    {
        JsonObject named = [];
        foreach ((string name, JsonNode? value) in values)
            named[name] = value;
        return new Sentence(kind, named);
    }

    /// <summary>The sentence in English.</summary>
    public string English()
    {
        string words =
            SentenceKinds.English.GetValueOrDefault(Kind) ?? MistakeKinds.English.GetValueOrDefault(Kind) ?? GeometryMistakes.English[Kind];
        return FilledWords.Of(words, Values);
    }
}
