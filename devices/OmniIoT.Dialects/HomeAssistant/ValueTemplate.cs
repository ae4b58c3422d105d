using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.HomeAssistant;

/// <summary>
/// Takes a value out of a state message: <c>{{ value }}</c>, or a path into its JSON, <c>{{ value_json.a.b }}</c>,
/// <c>{{ value_json['a'][0] }}</c>, with the filters that leave a value what it is. Other templates are programs and are not run.
/// </summary>
internal sealed partial class ValueTemplate
{
    /// <summary>Of the text; the longest that devices are seen to send for one value has 80.</summary>
    public const int MaxLength = 256;

    private readonly string[]? _path;

    private ValueTemplate(string[]? path) => _path = path;

    /// <summary>The message as it is.</summary>
    public static ValueTemplate Whole { get; } = new(null);

    /// <param name="text">Null or empty: none, so that the message is the value.</param>
    /// <returns>Null: it is a program.</returns>
    public static ValueTemplate? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Whole;
        if (text.Length > MaxLength || Form().Match(text) is not { Success: true } match)
            return null;
        string[] path = [.. match.Groups["part"].Captures.Select(part => part.Value)];
        if (match.Groups["root"].Value == "value_json")
            return new ValueTemplate(path);
        return path.Length == 0 ? Whole : null;
    }

    /// <summary>The value; undefined where the message has none.</summary>
    /// <exception cref="JsonException">The message is not JSON where it has to be.</exception>
    public JsonElement Of(ReadOnlySpan<byte> payload)
    {
        if (_path is null)
            return Bare(payload);
        JsonElement value = MakerJson.Parse(payload);
        foreach (string part in _path)
        {
            value = Member(value, part);
            if (value.ValueKind == JsonValueKind.Undefined)
                break;
        }
        return value;
    }

    // What is a number or JSON is one; all else is a text.
    private static JsonElement Bare(ReadOnlySpan<byte> payload)
    {
        try
        {
            return MakerJson.Parse(payload);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(payload));
        }
    }

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind switch
        {
            JsonValueKind.Object when value.TryGetProperty(name, out JsonElement member) => member,
            JsonValueKind.Array when int.TryParse(name, out int index) && index >= 0 && index < value.GetArrayLength() => value[index],
            _ => default,
        };

    [GeneratedRegex(
        """^\s*\{\{-?\s*(?<root>value_json|value)(\.(?<part>[\w-]+)|\[\s*'(?<part>[^']+)'\s*\]|\[\s*"(?<part>[^"]+)"\s*\]|\[\s*(?<part>\d+)\s*\])*\s*(\|\s*(float|int|string|is_defined)\s*(\([^()]*\))?\s*)*-?\}\}\s*$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
