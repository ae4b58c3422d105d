using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.HomeAssistant;

/// <summary>
/// A device made for Home Assistant's MQTT discovery: it announces what it measures and what it can be asked for, and on which topics.
/// Topics below its id are its own from the beginning, others once they were announced.
/// </summary>
public sealed class HomeAssistantDevice : MakerDevice
{
    /// <summary>As many as metrics that a model lacks.</summary>
    public const int MaxEntities = 256;

    private const string Property = "homeassistant";

    private static readonly string[] Described = ["name", "manufacturer", "model", "sw_version"];

    private readonly byte[] _below;

    /// <summary>Where ESPHome's log goes, line by line.</summary>
    private readonly string _log;
    private readonly Dictionary<(string Topic, string Name), Entity> _entities = [];
    private readonly HashSet<string> _topics = new(StringComparer.Ordinal);

    public HomeAssistantDevice(string id)
        : base(id) => (_below, _log) = (Encoding.UTF8.GetBytes(id + "/"), id + "/debug");

    /// <summary>Some announce themselves when they are switched on, and not each time that they connect.</summary>
    public override bool IsRemembered => _entities.Count > 0;

    public override bool Speaks(ReadOnlySpan<byte> topic) =>
        topic.StartsWith("homeassistant/"u8)
        || topic.StartsWith(_below)
        || (_topics.Count > 0 && _topics.Contains(Encoding.UTF8.GetString(topic)));

    public override Meaning Read(string topic, ReadOnlySpan<byte> payload)
    {
        if (topic.StartsWith(DiscoveryTopic.Prefix, StringComparison.Ordinal))
            return DiscoveryTopic.Parse(topic) is { } announced
                ? ReadAnnouncement(topic, announced, payload)
                : Meaning.NotUnderstood("nothing is announced on this topic");
        if (_topics.Contains(topic))
            return ReadState(topic, payload);
        return topic == _log ? new Meaning() : Meaning.NotUnderstood("no announcement names this topic");
    }

    public override Said? Ask(string? child, OpenCommand command)
    {
        if (child is not null)
            return null;
        foreach (Entity entity in _entities.Values)
            if (EntityCommand.WantedOf(entity, command) is { } wanted && EntityCommand.Ask(entity, wanted) is { } said)
                return said;
        return null;
    }

    /// <summary>Who waits for somebody to listen is told so, and announces itself.</summary>
    public override Said? Subscribed(string filter) => filter == DiscoveryTopic.Status ? new Said(filter, "online"u8.ToArray()) : null;

    private Meaning ReadAnnouncement(string topic, DiscoveryTopic announced, ReadOnlySpan<byte> payload)
    {
        IReadOnlyList<Entity> entities = payload.IsEmpty
            ? []
            : Announced(topic, announced, new DiscoveryFields(MakerJson.ParseObject(payload)));
        string[] before = [.. _entities.Keys.Where(key => key.Topic == topic).Select(key => key.Name)];
        if (entities.Select(entity => entity.Mistake).FirstOrDefault(mistake => mistake is not null) is { } wrong)
            return Meaning.NotUnderstood(wrong);
        if (_entities.Count - before.Length + entities.Count > MaxEntities)
            return Meaning.NotUnderstood($"more than {MaxEntities} entities are announced");
        foreach (string name in before)
            _entities.Remove((topic, name));
        foreach (Entity entity in entities)
            _entities[(topic, entity.Name)] = entity;
        _topics.Clear();
        _topics.UnionWith(_entities.Values.SelectMany(entity => entity.Topics));
        return entities.FirstOrDefault(entity => entity.Template is null) is { } program
            ? Meaning.NotUnderstood(
                $"the template of '{program.Name}' is more than {{{{ value }}}} or {{{{ value_json.x }}}}: its state is not kept"
            )
            : Describe(entities, before.Except(entities.Select(entity => entity.Name)));
    }

    private IReadOnlyList<Entity> Announced(string topic, DiscoveryTopic announced, DiscoveryFields fields)
    {
        if (!announced.IsWholeDevice)
            return [Entity.Of(NameOf(topic, announced), announced.Component, fields)];
        if (fields["components"] is not { ValueKind: JsonValueKind.Object } components)
            return [];
        // A component of which nothing but its platform is said is taken away.
        return
        [
            .. from component in components.EnumerateObject()
            let own = new DiscoveryFields(component.Value, fields)
            where component.Value.ValueKind == JsonValueKind.Object && component.Value.EnumerateObject().Count() > 1
            select Entity.Of(component.Name, own.Text("platform") ?? "", own),
        ];
    }

    // Of two nodes with one object each the second is told apart by its node.
    private string NameOf(string topic, DiscoveryTopic announced) =>
        announced.Node is { } node && _entities.Keys.Any(key => key.Name == announced.Object && key.Topic != topic)
            ? $"{node}.{announced.Object}"
            : announced.Object;

    private static Meaning Describe(IReadOnlyList<Entity> entities, IEnumerable<string> gone)
    {
        JsonObject known = [];
        foreach (Entity entity in entities)
            known[entity.Name] = entity.Describe();
        foreach (string name in gone)
            known[name] = null;
        JsonObject patch = new() { ["entities"] = known };
        DiscoveryFields device = entities.Count > 0 ? entities[0].Fields.Below("device") : new DiscoveryFields(default);
        JsonObject description = [];
        foreach (string name in Described)
            if (device.Text(name) is { } text)
                description[name] = text;
        if (description.Count > 0)
            patch["device"] = description;
        return new Meaning().Reported(new JsonObject { [Property] = patch });
    }

    private Meaning ReadState(string topic, ReadOnlySpan<byte> payload)
    {
        Meaning meaning = new();
        JsonObject measured = [];
        foreach (Entity entity in _entities.Values.Where(entity => entity.StateTopic == topic && entity.Template is not null))
        {
            JsonElement value = entity.Template!.Of(payload);
            if (value.ValueKind == JsonValueKind.Undefined)
                continue;
            FlatMetrics.Add(measured, entity.Name, value);
            meaning.Answers(command => EntityCommand.Judge(entity, command, value));
        }
        string word = Encoding.UTF8.GetString(payload);
        Availability? said = _entities.Values.SelectMany(entity => entity.Availability).FirstOrDefault(each => each.Topic == topic);
        if (said is not null && (word == said.Online || word == said.Offline))
            meaning.Reported(new JsonObject { [Property] = new JsonObject { ["available"] = word == said.Online } });
        return meaning.Measured(measured);
    }
}
