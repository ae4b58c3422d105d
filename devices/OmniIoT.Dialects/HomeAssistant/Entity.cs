using System.Text.Json.Nodes;

namespace OmniIoT.Dialects.HomeAssistant;

/// <summary>One thing that a device announced: something it measures, something it can be asked for, or both.</summary>
/// <param name="Name">Of the metric, and of the command.</param>
/// <param name="Component">Such as <c>sensor</c>, <c>switch</c>.</param>
internal sealed record Entity(string Name, string Component)
{
    /// <summary>What is reported, and what it is called in an announcement.</summary>
    private static readonly (string Member, string From)[] Described =
    [
        ("name", "name"),
        ("unit", "unit_of_measurement"),
        ("deviceClass", "device_class"),
        ("stateClass", "state_class"),
    ];

    /// <summary>Of a topic; MQTT allows 65,535 bytes.</summary>
    private const int MaxTopicLength = 1024;

    public string? StateTopic { get; private init; }

    /// <summary>Null: a program, which is not run.</summary>
    public ValueTemplate? Template { get; private init; }

    public string? CommandTopic { get; private init; }

    public string? BrightnessTopic { get; private init; }

    /// <summary>Names that say nothing that is kept: attributes, and what other parts of it say.</summary>
    public IReadOnlyList<string> OtherTopics { get; private init; } = [];

    public IReadOnlyList<Availability> Availability { get; private init; } = [];

    public required DiscoveryFields Fields { get; init; }

    /// <summary>All topics that it names.</summary>
    public IEnumerable<string> Topics =>
        new[] { StateTopic, CommandTopic, BrightnessTopic }
            .OfType<string>()
            .Concat(OtherTopics)
            .Concat(Availability.Select(each => each.Topic));

    /// <summary>Why it cannot be kept; null: it can.</summary>
    public string? Mistake =>
        Topics.FirstOrDefault(topic => topic.Length > MaxTopicLength || topic.AsSpan().IndexOfAny('+', '#') >= 0) is { } wrong
            ? $"'{wrong[..Math.Min(wrong.Length, 80)]}' is no topic of at most {MaxTopicLength} characters"
            : null;

    public static Entity Of(string name, string component, DiscoveryFields fields)
    {
        string? template = fields.Text("value_template") ?? fields.Text("state_value_template");
        return new Entity(name, component)
        {
            Fields = fields,
            StateTopic = fields.Topic("state_topic"),
            Template = ValueTemplate.Parse(template),
            CommandTopic = fields.Topic("command_topic"),
            BrightnessTopic = fields.Topic("brightness_command_topic"),
            OtherTopics = [.. fields.Names.Where(IsOther).Select(fields.Topic).OfType<string>()],
            Availability = HomeAssistant.Availability.Of(fields),
        };
    }

    /// <summary>What it is, for the reported properties.</summary>
    public JsonObject Describe()
    {
        JsonObject description = new() { ["component"] = Component };
        foreach ((string member, string from) in Described)
            if (Fields.Text(from) is { } text)
                description[member] = text;
        return description;
    }

    private static bool IsOther(string name) =>
        name.EndsWith("_topic", StringComparison.Ordinal)
        && name is not ("state_topic" or "command_topic" or "brightness_command_topic" or "availability_topic");
}
