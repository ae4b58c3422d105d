using System.Globalization;
using System.Text.Json;

namespace OmniIoT.Devices.Models;

/// <summary>
/// A place in a document that is being checked: reads properties of the expected kind and notes everything that is
/// wrong, so that one reading finds all mistakes.
/// </summary>
internal readonly struct JsonNodeReader(JsonElement element, string pointer, List<(string Pointer, string Message)> mistakes)
{
    public JsonElement Element => element;

    public string Pointer => pointer;

    public void Fail(string message) => mistakes.Add((pointer, message));

    /// <summary>False, and a mistake, when this is no object; notes unknown and repeated properties.</summary>
    public bool IsObject(params ReadOnlySpan<string> allowed)
    {
        if (!IsKind(JsonValueKind.Object, "an object"))
            return false;
        foreach ((string Name, JsonNodeReader Value) property in Members("property"))
        {
            if (!allowed.Contains(property.Name))
                property.Value.Fail($"'{property.Name}' is unknown; allowed are: {string.Join(", ", allowed.ToArray())}");
        }
        return true;
    }

    /// <summary>The members of an object that may have any names, each once.</summary>
    public List<(string Name, JsonNodeReader Value)> Members(string what)
    {
        List<(string, JsonNodeReader)> members = new List<(string, JsonNodeReader)>();
        if (!IsKind(JsonValueKind.Object, "an object"))
            return members;
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            JsonNodeReader value = new(property.Value, $"{pointer}/{JsonPlaces.Escape(property.Name)}", mistakes);
            if (names.Add(property.Name))
                members.Add((property.Name, value));
            else
                value.Fail($"the {what} '{property.Name}' stands twice");
        }
        return members;
    }

    public List<JsonNodeReader> Items()
    {
        List<JsonNodeReader> items = new();
        if (!IsKind(JsonValueKind.Array, "an array"))
            return items;
        foreach (JsonElement item in element.EnumerateArray())
            items.Add(new(item, $"{pointer}/{items.Count}", mistakes));
        return items;
    }

    public bool TryGet(string name, out JsonNodeReader value)
    {
        bool isThere = element.TryGetProperty(name, out JsonElement property) && property.ValueKind != JsonValueKind.Null;
        value = new JsonNodeReader(property, $"{pointer}/{name}", mistakes);
        return isThere;
    }

    /// <summary>Null, and a mistake, when the property is missing or no text.</summary>
    public string? RequiredText(string name)
    {
        if (TryGet(name, out JsonNodeReader value))
            return value.Text();
        Fail($"'{name}' is missing");
        return null;
    }

    public string? OptionalText(string name) => TryGet(name, out JsonNodeReader value) ? value.Text() : null;

    public bool? Flag(string name)
    {
        if (!TryGet(name, out JsonNodeReader value))
            return null;
        if (value.Element.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.Element.GetBoolean();
        value.Fail($"true or false is expected, not {value.Described}");
        return null;
    }

    public double? Number(string name)
    {
        if (!TryGet(name, out JsonNodeReader value))
            return null;
        if (value.Element.ValueKind == JsonValueKind.Number && value.Element.TryGetDouble(out double number))
            return number;
        value.Fail($"a number is expected, not {value.Described}");
        return null;
    }

    public TimeSpan Duration(string name, TimeSpan otherwise) =>
        TryGet(name, out JsonNodeReader value) ? value.Duration() ?? otherwise : otherwise;

    public TimeSpan Seconds(string name, TimeSpan otherwise)
    {
        if (!TryGet(name, out JsonNodeReader value))
            return otherwise;
        if (
            value.Element.ValueKind == JsonValueKind.Number
            && value.Element.TryGetDouble(out double seconds)
            && seconds > 0
            && seconds <= OmniIoT.Devices.Time.Duration.Longest.TotalSeconds
        )
            return TimeSpan.FromSeconds(seconds);
        value.Fail($"a number of seconds above 0 is expected, not {value.Described}");
        return otherwise;
    }

    public string? Text()
    {
        if (!IsKind(JsonValueKind.String, "a text"))
            return null;
        string text = element.GetString()!;
        if (!string.IsNullOrWhiteSpace(text))
            return text;
        Fail("the text is empty");
        return null;
    }

    public TimeSpan? Duration()
    {
        if (element.ValueKind == JsonValueKind.String && OmniIoT.Devices.Time.Duration.TryParse(element.GetString(), out TimeSpan duration))
            return duration;
        Fail($"a duration is expected ({OmniIoT.Devices.Time.Duration.Allowed}), not {Described}");
        return null;
    }

    public string Described =>
        element.ValueKind switch
        {
            JsonValueKind.String => $"'{element.GetString()}'",
            JsonValueKind.Number => string.Create(CultureInfo.InvariantCulture, $"the number {element.GetRawText()}"),
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.Undefined => "nothing",
            _ => element.GetRawText(),
        };

    private bool IsKind(JsonValueKind kind, string expected)
    {
        if (element.ValueKind == kind)
            return true;
        Fail($"{expected} is expected, not {Described}");
        return false;
    }
}
