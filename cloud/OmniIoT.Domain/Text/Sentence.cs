using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OmniIoT.Domain.Text;

/// <summary>
/// Words that the platform makes itself: what they say, and of what, so that each reader can have them in their own language. Kinds and
/// names of values are public contract (see <see cref="SentenceKinds"/>, <see cref="MistakeKinds"/>).
/// </summary>
/// <param name="Kind">One of <see cref="SentenceKinds"/> or <see cref="MistakeKinds"/>.</param>
/// <param name="Values">Texts, numbers and lists of texts by name; null: nobody.</param>
public sealed partial record Sentence(string Kind, JsonObject Values)
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
        string words = SentenceKinds.English.TryGetValue(Kind, out string? told) ? told : MistakeKinds.English[Kind];
        return Place().Replace(words, place => Say(Values[place.Groups["name"].Value]));
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    private static string Say(JsonNode? value) =>
        value switch
        {
            null => "nobody",
            JsonArray list => string.Join(", ", list.Select(Say)),
            JsonValue number when number.TryGetValue(out double known) => known.ToString("0.##", CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
}
