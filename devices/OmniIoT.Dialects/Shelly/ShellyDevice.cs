using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.Shelly;

/// <summary>
/// A Shelly of the second generation or later, whose topic prefix is the device's id. Components are metrics, with
/// points for colons: <c>switch.0.apower</c>.
/// </summary>
public sealed class ShellyDevice : MakerDevice
{
    private const double MillisecondsPerSecond = 1000;

    private readonly byte[] _root;
    private readonly string _prefix;

    /// <summary>Answers come back on <c>{source}/rpc</c>: below the device's own root.</summary>
    private readonly string _source;

    public ShellyDevice(string id)
        : base(id)
    {
        (_prefix, _source) = (id + "/", id + "/omniiot");
        _root = Encoding.UTF8.GetBytes(_prefix);
    }

    public override bool Speaks(ReadOnlySpan<byte> topic)
    {
        if (!topic.StartsWith(_root))
            return false;
        ReadOnlySpan<byte> below = topic[_root.Length..];
        return below.SequenceEqual("online"u8)
            || below.SequenceEqual("rpc"u8)
            || below.SequenceEqual("events/rpc"u8)
            || below.SequenceEqual("omniiot/rpc"u8)
            || below.SequenceEqual("command"u8)
            || below.StartsWith("command/"u8)
            || below.StartsWith("status/"u8)
            || below.SequenceEqual("debug/log"u8);
    }

    public override Meaning Read(string topic, ReadOnlySpan<byte> payload) =>
        Below(topic, _prefix) switch
        {
            "online" => new Meaning(),
            "events/rpc" => ReadNotification(MakerJson.ParseObject(payload)),
            "omniiot/rpc" => ReadAnswer(MakerJson.ParseObject(payload)),
            ['s', 't', 'a', 't', 'u', 's', '/', .. var component] => new Meaning().Measured(
                FlatMetrics.Of(MakerJson.ParseObject(payload), MetricOf(component), except: "id")
            ),
            _ => Meaning.NotUnderstood($"a Shelly says nothing on '{topic}' that is kept"),
        };

    public override Said? Ask(string? child, OpenCommand command)
    {
        JsonObject request = new()
        {
            ["id"] = command.Id,
            ["src"] = _source,
            ["method"] = command.Name,
            ["params"] = command.Arguments.DeepClone(),
        };
        return new Said(_prefix + "rpc", Encoding.UTF8.GetBytes(request.ToJsonString(MakerJson.Written)));
    }

    private static Meaning ReadNotification(JsonElement frame)
    {
        if (!frame.TryGetProperty("params", out JsonElement told) || told.ValueKind != JsonValueKind.Object)
            return Meaning.NotUnderstood("a notification without params");
        return frame.Text("method") switch
        {
            "NotifyStatus" or "NotifyFullStatus" => ReadStatus(told),
            "NotifyEvent" => ReadEvents(told),
            var method => Meaning.NotUnderstood($"'{method}' is no notification"),
        };
    }

    private static Meaning ReadStatus(JsonElement told)
    {
        JsonObject flat = [];
        foreach (JsonProperty component in told.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object))
        foreach ((string name, JsonNode? value) in FlatMetrics.Of(component.Value, MetricOf(component.Name), except: "id").ToArray())
            flat[name] = value?.DeepClone();
        return new Meaning().Measured(flat, TimeOf(told));
    }

    private static string MetricOf(string component) => component.Replace(':', '.');

    private static Meaning ReadEvents(JsonElement told)
    {
        Meaning meaning = new();
        if (!told.TryGetProperty("events", out JsonElement events))
            return Meaning.NotUnderstood("a NotifyEvent without events");
        foreach (JsonElement happened in events.EnumerateArray())
        {
            string? component = happened.Text("component");
            if (happened.Text("event") is { } type)
                meaning.Happened(type, component, null, TimeOf(happened) ?? TimeOf(told));
        }
        return meaning;
    }

    // A clock that is not set yet gives none.
    private static Instant? TimeOf(JsonElement value) =>
        value.Number("ts") is { } seconds ? new Instant((long)Math.Round(seconds * MillisecondsPerSecond)) : null;

    private static Meaning ReadAnswer(JsonElement frame)
    {
        if (frame.Text("id") is not { } id)
            return Meaning.NotUnderstood("it answers none of the requests that were sent from here");
        bool hasFailed = frame.TryGetProperty("error", out JsonElement error);
        string? why = hasFailed ? error.Text("message") ?? error.ToString() : null;
        JsonNode? result = frame.TryGetProperty("result", out JsonElement told) ? told.ToNode() : null;
        return new Meaning().Answers(command => command.Id == id ? new CommandResult(result, why) : null);
    }
}
