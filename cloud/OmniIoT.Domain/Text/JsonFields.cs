using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;

namespace OmniIoT.Domain.Text;

/// <summary>
/// The properties of one JSON object, read with every mistake noted at its pointer. A property that is missing or null reads
/// as null; so does one that was refused.
/// </summary>
public sealed class JsonFields
{
    /// <summary>The nearest name is looked for of so many: more nobody reads.</summary>
    private const int MostExplained = 20;

    private readonly JsonElement _object;
    private readonly string _pointer;
    private readonly List<FieldMistake> _mistakes;

    private JsonFields(JsonElement element, string pointer, List<FieldMistake> mistakes) =>
        (_object, _pointer, _mistakes) = (element, pointer, mistakes);

    /// <summary>Whether anything in the whole document was refused so far.</summary>
    public bool HasMistakes => _mistakes.Count > 0;

    /// <summary>How much was refused so far.</summary>
    internal int Mistakes => _mistakes.Count;

    /// <summary>The fields of an element; null, with a mistake noted, when it is no object.</summary>
    public static JsonFields? Of(JsonElement element, string pointer, List<FieldMistake> mistakes)
    {
        if (element.ValueKind is JsonValueKind.Object)
            return new JsonFields(element, pointer, mistakes);
        mistakes.Add(new FieldMistake(pointer, "must be an object"));
        return null;
    }

    /// <summary>The JSON pointer of a property.</summary>
    public string PointerTo(string name) =>
        $"{_pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public void Refuse(string name, string message) => _mistakes.Add(new FieldMistake(PointerTo(name), message));

    /// <summary>Refuses the object itself.</summary>
    public void RefuseWhole(string message) => _mistakes.Add(new FieldMistake(_pointer, message));

    public void RefuseAs(string name, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values) =>
        _mistakes.Add(new FieldMistake(PointerTo(name), Sentence.Of(kind, values)));

    public void Refuse(IEnumerable<FieldMistake> mistakes) => _mistakes.AddRange(mistakes);

    /// <summary>Refuses every property but these.</summary>
    public void RefuseOthers(params string[] known)
    {
        foreach (JsonProperty property in _object.EnumerateObject())
        {
            if (!known.Contains(property.Name))
                Refuse(
                    property.Name,
                    _mistakes.Count < MostExplained ? NearestName.Explain(property.Name, known) : NearestName.Unexplained
                );
        }
    }

    /// <summary>There and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>There and said to be null, where that means something else than saying nothing.</summary>
    public bool IsNull(string name) => _object.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.Null;

    /// <summary>A text with something in it.</summary>
    public string? Text(string name, int maxLength)
    {
        if (Find(name) is not { } value)
            return null;
        if (
            value.ValueKind is JsonValueKind.String
            && value.GetString() is { } text
            && !string.IsNullOrWhiteSpace(text)
            && text.Length <= maxLength
        )
            return text;
        RefuseAs(name, MistakeKinds.Text, ("min", 1), ("max", maxLength));
        return null;
    }

    public string? RequiredText(string name, int maxLength) => Required(name) ? Text(name, maxLength) : null;

    /// <summary>The value of a property; null when it is missing or null.</summary>
    public JsonElement? Find(string name) =>
        _object.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public JsonFields? Object(string name) => Find(name) is { } value ? Of(value, PointerTo(name), _mistakes) : null;

    public JsonFields? RequiredObject(string name) => Required(name) ? Object(name) : null;

    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Refuse(name, "must be true or false");
        return null;
    }

    public double? Number(string name, double min, double max) =>
        Number(name, value => value >= min && value <= max, Sentence.Of(MistakeKinds.Number, ("min", min), ("max", max)));

    public double? NumberAbove(string name, double above, double max) =>
        Number(name, value => value > above && value <= max, Sentence.Of(MistakeKinds.NumberAbove, ("above", above), ("max", max)));

    public TimeSpan? Minutes(string name, double min, double max) =>
        Number(name, min, max) is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

    public long? Whole(string name, long min, long max)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out long number) && number >= min && number <= max)
            return number;
        RefuseAs(name, MistakeKinds.Whole, ("min", min), ("max", max));
        return null;
    }

    public Instant? Time(string name)
    {
        if (Find(name) is not { } value)
            return null;
        string? text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        if (Instant.TryParse(text, out Instant time))
            return time;
        RefuseAs(name, MistakeKinds.Time);
        return null;
    }

    public TimeOnly? TimeOfDay(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.String && DailyWindow.TryParseTime(value.GetString()!, out TimeOnly time))
            return time;
        RefuseAs(name, MistakeKinds.TimeOfDay);
        return null;
    }

    /// <summary>An array of texts, each once; empty when missing.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).Select(item => TextOf(item.Value, item.Pointer)).OfType<string>().Distinct()];

    /// <summary>An array of at most so many texts of at most so many characters.</summary>
    public IReadOnlyList<string> Texts(string name, int most, int maxLength)
    {
        IReadOnlyList<string> texts = Texts(name);
        if (texts.Count > most)
            RefuseAs(name, MistakeKinds.TooMany, ("max", most));
        if (texts.Any(text => text.Length > maxLength))
            RefuseAs(name, MistakeKinds.TooLong, ("max", maxLength));
        return texts;
    }

    /// <summary>An array of objects; empty when missing, without what is none.</summary>
    public IReadOnlyList<JsonFields> Objects(string name) =>
        [.. Items(name).Select(item => Of(item.Value, item.Pointer, _mistakes)).OfType<JsonFields>()];

    /// <summary>One of these values by its name in camel case.</summary>
    public T? Choice<T>(string name, bool required, IReadOnlyList<T> choices)
        where T : struct, Enum =>
        (!required || Required(name)) && Find(name) is { } value ? ChoiceOf(value, PointerTo(name), choices, CamelCase) : null;

    /// <summary>An array of such values; empty when missing.</summary>
    public IReadOnlyList<T> Choices<T>(string name, IReadOnlyList<T> choices, Func<T, string>? nameOf = null)
        where T : struct, Enum =>
        [.. Items(name).Select(item => ChoiceOf(item.Value, item.Pointer, choices, nameOf ?? CamelCase)).OfType<T>()];

    private static string CamelCase<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private bool Required(string name)
    {
        bool there = Has(name);
        if (!there)
            RefuseAs(name, MistakeKinds.Required);
        return there;
    }

    private double? Number(string name, Func<double, bool> allows, Sentence refusal)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out double number) && allows(number))
            return number;
        _mistakes.Add(new FieldMistake(PointerTo(name), refusal));
        return null;
    }

    private List<(JsonElement Value, string Pointer)> Items(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind is JsonValueKind.Array)
            return [.. value.EnumerateArray().Select((item, i) => (item, $"{PointerTo(name)}/{i}"))];
        Refuse(name, "must be an array");
        return [];
    }

    private string? TextOf(JsonElement value, string pointer)
    {
        if (value.ValueKind is JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
            return value.GetString();
        _mistakes.Add(new FieldMistake(pointer, Sentence.Of(MistakeKinds.EmptyText)));
        return null;
    }

    private T? ChoiceOf<T>(JsonElement value, string pointer, IReadOnlyList<T> choices, Func<T, string> nameOf)
        where T : struct, Enum
    {
        if (value.ValueKind is JsonValueKind.String)
        {
            foreach (T choice in choices)
            {
                if (nameOf(choice) == value.GetString())
                    return choice;
            }
        }

        JsonArray named = [.. choices.Select(choice => (JsonNode?)nameOf(choice))];
        _mistakes.Add(new FieldMistake(pointer, Sentence.Of(MistakeKinds.Choice, ("choices", named))));
        return null;
    }
}
