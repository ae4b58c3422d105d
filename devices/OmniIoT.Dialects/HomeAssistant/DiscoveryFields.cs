using System.Collections.Frozen;
using System.Text.Json;

namespace OmniIoT.Dialects.HomeAssistant;

/// <summary>
/// The members of an announcement under their full names, whether or not they are abbreviated, topics with their base (<c>~</c>) put in.
/// What one says of an entity goes before what it says of all.
/// </summary>
internal sealed class DiscoveryFields
{
    private const string Base = "~";

    private static readonly FrozenDictionary<string, string> FullNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["avty"] = "availability",
        ["avty_t"] = "availability_topic",
        ["bri_cmd_t"] = "brightness_command_topic",
        ["bri_stat_t"] = "brightness_state_topic",
        ["bri_val_tpl"] = "brightness_value_template",
        ["cmd_t"] = "command_topic",
        ["cmd_tpl"] = "command_template",
        ["cmps"] = "components",
        ["dev"] = "device",
        ["dev_cla"] = "device_class",
        ["ids"] = "identifiers",
        ["json_attr_t"] = "json_attributes_topic",
        ["mdl"] = "model",
        ["mf"] = "manufacturer",
        ["ops"] = "options",
        ["p"] = "platform",
        ["pl_avail"] = "payload_available",
        ["pl_not_avail"] = "payload_not_available",
        ["pl_off"] = "payload_off",
        ["pl_on"] = "payload_on",
        ["pl_prs"] = "payload_press",
        ["stat_cla"] = "state_class",
        ["stat_t"] = "state_topic",
        ["stat_val_tpl"] = "state_value_template",
        ["sw"] = "sw_version",
        ["t"] = "topic",
        ["unit_of_meas"] = "unit_of_measurement",
        ["val_tpl"] = "value_template",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string? _base;
    private readonly DiscoveryFields? _shared;

    /// <param name="shared">What holds where this says nothing.</param>
    public DiscoveryFields(JsonElement body, DiscoveryFields? shared = null)
    {
        _shared = shared;
        if (body.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty member in body.EnumerateObject())
                _members[FullNames.GetValueOrDefault(member.Name, member.Name)] = member.Value;
        _base = Text(Base);
    }

    public IEnumerable<string> Names => _members.Keys;

    /// <summary>Undefined where nothing is said.</summary>
    public JsonElement this[string name] => _members.TryGetValue(name, out JsonElement own) ? own : _shared?[name] ?? default;

    public string? Text(string name) => this[name] is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A topic, with its base where it begins or ends with <c>~</c>.</summary>
    public string? Topic(string name)
    {
        if (Text(name) is not { Length: > 0 } topic)
            return null;
        if (_base is null)
            return topic;
        if (topic.StartsWith(Base, StringComparison.Ordinal))
            return _base + topic[Base.Length..];
        return topic.EndsWith(Base, StringComparison.Ordinal) ? topic[..^Base.Length] + _base : topic;
    }

    public DiscoveryFields Below(string name) => new(this[name]);

    /// <summary>The elements of a list, with the base of this.</summary>
    public IEnumerable<DiscoveryFields> Each(string name) =>
        this[name] is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(element => new DiscoveryFields(element, this))
            : [];

    public IReadOnlyList<string> Texts(string name) =>
        this[name] is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(element => element.ValueKind == JsonValueKind.String).Select(element => element.GetString()!)]
            : [];
}
