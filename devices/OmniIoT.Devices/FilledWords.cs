using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OmniIoT.Devices;

/// <summary>Words of the platform in English with their values put in.</summary>
public static partial class FilledWords
{
    /// <param name="words">Between braces the names of the values.</param>
    /// <param name="values">Texts, numbers and lists of texts by name; null: nobody. They are put in once, whatever they contain.</param>
    public static string Of(string words, JsonObject values) => Place().Replace(words, place => Say(values[place.Groups["name"].Value]));

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
