using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.Tasmota;

/// <summary>
/// Tasmota with its default full topic <c>%prefix%/%topic%/</c> and default prefixes, whose topic is the device's id. Its <c>Time</c> is
/// when its values were measured; where it names no zone, it is taken for UTC, as a device says it whose <c>Timezone</c> is 0.
/// </summary>
public sealed class TasmotaDevice : MakerDevice
{
    private const string Time = "Time";
    private const string WithoutZone = "2026-02-24T22:20:38";
    private const string Property = "tasmota";

    /// <summary>No device is older than its software: Tasmota's first release is of January 2017.</summary>
    private static readonly Instant EarliestSetClock = new(1_483_228_800_000);

    private readonly byte[] _below;
    private readonly string _tele;
    private readonly string _stat;

    public TasmotaDevice(string id)
        : base(id)
    {
        _below = Encoding.UTF8.GetBytes($"/{id}/");
        (_tele, _stat) = ($"tele/{id}/", $"stat/{id}/");
    }

    public override bool Speaks(ReadOnlySpan<byte> topic)
    {
        if (topic.StartsWith("tasmota/discovery/"u8))
            return true;
        bool hasPrefix = topic.StartsWith("tele/"u8) || topic.StartsWith("stat/"u8) || topic.StartsWith("cmnd/"u8);
        return hasPrefix && topic["tele".Length..].StartsWith(_below);
    }

    public override Meaning Read(string topic, ReadOnlySpan<byte> payload)
    {
        string name = topic[(topic.LastIndexOf('/') + 1)..];
        if (topic == _tele + "LWT")
            return new Meaning();
        if (topic == _tele + name)
            return ReadTelemetry(name, MakerJson.ParseObject(payload));
        if (topic == _stat + name)
            return ReadState(name, payload);
        return topic.StartsWith("tasmota/discovery/", StringComparison.Ordinal)
            ? ReadDiscovery(name, MakerJson.ParseObject(payload))
            : Meaning.NotUnderstood($"a Tasmota device says nothing on '{topic}'");
    }

    public override Said? Ask(string? child, OpenCommand command)
    {
        string payload = command.Arguments switch
        {
            { Count: 0 } => "",
            { Count: 1 } only when only["value"] is { } value => value.ToString(),
            var arguments => arguments.ToJsonString(MakerJson.Written),
        };
        return new Said($"cmnd/{Id}/{command.Name}", Encoding.UTF8.GetBytes(payload));
    }

    // INFO1 to INFO3 say at start what the device is; all else measures.
    private static Meaning ReadTelemetry(string name, JsonElement body) =>
        name.StartsWith("INFO", StringComparison.Ordinal) ? Describe(body.ToObject()) : Measure(body);

    private static Meaning ReadState(string name, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty || payload[0] != '{')
            return new Meaning().Measured(new JsonObject { [name] = Encoding.UTF8.GetString(payload) });
        JsonElement body = MakerJson.ParseObject(payload);
        bool isStatus = name.StartsWith("STATUS", StringComparison.Ordinal);
        Meaning meaning = isStatus ? Describe(body.ToObject()) : Judged(body);
        return meaning.Answers(command => TasmotaAnswer.Judge(command, body));
    }

    // What it answers to words that it does not know measures nothing.
    private static Meaning Judged(JsonElement body) => body.Text("Command") is null ? Measure(body) : new Meaning();

    private Meaning ReadDiscovery(string name, JsonElement body)
    {
        if (body.Text("t") is { } topic && topic != Id)
            return Meaning.NotUnderstood($"it describes '{topic}', which is another device");
        if (name != "sensors")
            return Describe(body.ToObject());
        return body.TryGetProperty("sn", out JsonElement sensors) && sensors.ValueKind == JsonValueKind.Object
            ? Measure(sensors)
            : new Meaning();
    }

    private static Meaning Measure(JsonElement body) => new Meaning().Measured(FlatMetrics.Of(body, except: Time), TimeOf(body));

    /// <summary>Null when it says none, or its clock is not set yet: then it counts from 1970.</summary>
    private static Instant? TimeOf(JsonElement body)
    {
        if (body.Text(Time) is not { } text)
            return null;
        bool hasZone = text.Length != WithoutZone.Length;
        return Instant.TryParse(hasZone ? text : text + "Z", out Instant at) && at >= EarliestSetClock ? at : null;
    }

    private static Meaning Describe(JsonObject body) => new Meaning().Reported(new JsonObject { [Property] = body });
}
