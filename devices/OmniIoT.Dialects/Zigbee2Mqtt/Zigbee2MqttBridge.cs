using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.Zigbee2Mqtt;

/// <summary>
/// Zigbee2MQTT with its default base topic: a bridge that speaks for the devices behind it, which are called by their friendly names.
/// </summary>
public sealed class Zigbee2MqttBridge(string id) : MakerDevice(id)
{
    private const string Base = "zigbee2mqtt/";
    private const string Bridge = "bridge/";
    private const string Availability = "/availability";

    /// <summary>What of its information describes it; the rest is its configuration.</summary>
    private static readonly string[] Described = ["version", "commit", "coordinator", "network", "permit_join"];

    private static readonly string[] DescribedOfChild =
    [
        "ieee_address",
        "type",
        "model_id",
        "manufacturer",
        "power_source",
        "software_build_id",
    ];

    public override bool Speaks(ReadOnlySpan<byte> topic) => topic.StartsWith("zigbee2mqtt/"u8);

    public override Meaning Read(string topic, ReadOnlySpan<byte> payload)
    {
        string name = Below(topic, Base);
        if (name.StartsWith(Bridge, StringComparison.Ordinal))
            return ReadBridge(name[Bridge.Length..], payload);
        if (name.EndsWith("/set", StringComparison.Ordinal) || name.EndsWith("/get", StringComparison.Ordinal))
            return Meaning.NotUnderstood("a request to a device, from the bridge itself");
        if (name.EndsWith(Availability, StringComparison.Ordinal))
            return new Meaning().Sees(name[..^Availability.Length], IsOnline(payload));
        return ReadState(name, MakerJson.ParseObject(payload));
    }

    public override Said? Ask(string? child, OpenCommand command)
    {
        JsonObject payload = command.Arguments.DeepClone().AsObject();
        if (child is not null)
            return command.Name is "write" or "set" or "get" ? Say($"{child}/{(command.Name == "get" ? "get" : "set")}", payload) : null;
        payload["transaction"] = command.Id;
        return Say(Bridge + "request/" + command.Name.Replace('.', '/'), payload);
    }

    private static Meaning ReadBridge(string name, ReadOnlySpan<byte> payload) =>
        name switch
        {
            "info" => new Meaning().Reported(new JsonObject { ["zigbee2mqtt"] = Choose(MakerJson.ParseObject(payload), Described) }),
            "devices" => ReadDevices(MakerJson.Parse(payload)),
            "event" => ReadEvent(MakerJson.ParseObject(payload)),
            "logging" => BridgeLog.Read(MakerJson.ParseObject(payload)),
            _ when name.StartsWith("response/", StringComparison.Ordinal) => ReadResponse(MakerJson.ParseObject(payload)),
            _ => new Meaning(), // Its state is its connection's; groups, definitions and extensions are its own affairs.
        };

    private static Meaning ReadDevices(JsonElement devices)
    {
        Meaning meaning = new();
        foreach (JsonElement device in devices.EnumerateArray())
        {
            if (device.Text("friendly_name") is not { } name || device.Text("type") == "Coordinator")
                continue;
            meaning.Reported(new JsonObject { ["zigbee"] = Choose(device, DescribedOfChild) }, name);
        }
        return meaning;
    }

    private static Meaning ReadEvent(JsonElement body)
    {
        string? name =
            body.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Object ? data.Text("friendly_name") : null;
        Meaning meaning = body.Text("type") is { } type
            ? new Meaning().Happened(type, name, null)
            : Meaning.NotUnderstood("an event without a type");
        return name is not null && body.Text("type") == "device_leave" ? meaning.Sees(name, isThere: false) : meaning;
    }

    private static Meaning ReadResponse(JsonElement body)
    {
        string? transaction = body.Text("transaction");
        string? error = body.Text("status") == "ok" ? null : body.Text("error") ?? "the bridge says no more than that";
        JsonNode? data = body.TryGetProperty("data", out JsonElement told) ? told.ToNode() : null;
        return new Meaning().Answers(command => command.Id == transaction ? new CommandResult(data, error) : null);
    }

    private static Meaning ReadState(string name, JsonElement state) =>
        new Meaning().Measured(state, child: name).Answers(command => StateAnswer.Judge(command, state), name);

    private static bool IsOnline(ReadOnlySpan<byte> payload) =>
        payload.StartsWith("{"u8) ? MakerJson.ParseObject(payload).Text("state") == "online" : payload.SequenceEqual("online"u8);

    private static JsonObject Choose(JsonElement of, string[] names) =>
        new(names.Where(name => of.TryGetProperty(name, out _)).Select(name => KeyValuePair.Create(name, of.GetProperty(name).ToNode())));

    private static Said Say(string below, JsonObject payload) =>
        new(Base + below, Encoding.UTF8.GetBytes(payload.ToJsonString(MakerJson.Written)));
}
