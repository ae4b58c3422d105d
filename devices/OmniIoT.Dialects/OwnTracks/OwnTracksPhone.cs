using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.OwnTracks;

/// <summary>
/// OwnTracks in MQTT mode, whose user is the device's id: <c>owntracks/{id}/{phone}</c>. What the phone is called it says itself.
/// </summary>
public sealed class OwnTracksPhone : MakerDevice
{
    private const string Property = "owntracks";

    /// <summary>Members of a position that are told as such, or that describe the message.</summary>
    private static readonly string[] NotMeasured =
    [
        "_type",
        "_id",
        "lat",
        "lon",
        "acc",
        "tst",
        "created_at",
        "tid",
        "topic",
        "inregions",
        "inrids",
    ];

    private readonly byte[] _root;
    private readonly string _prefix;
    private string? _phone;

    public OwnTracksPhone(string id)
        : base(id)
    {
        _prefix = $"owntracks/{id}/";
        _root = Encoding.UTF8.GetBytes(_prefix);
    }

    /// <summary>The app subscribes to everybody's positions, too; it hears its own only.</summary>
    public override bool Speaks(ReadOnlySpan<byte> topic) => topic.StartsWith(_root) || topic.StartsWith("owntracks/+/+"u8);

    public override Said? Subscribed(string filter)
    {
        Remember(filter);
        return null;
    }

    public override Meaning Read(string topic, ReadOnlySpan<byte> payload)
    {
        Remember(topic);
        if (payload.IsEmpty)
            return new Meaning(); // It takes a retained message back.
        JsonElement body = MakerJson.ParseObject(payload);
        return body.Text("_type") switch
        {
            "location" => ReadLocation(body),
            "transition" => ReadTransition(body),
            "waypoint" => Report("waypoint", body),
            "waypoints" => Report("waypoints", body)
                .Answers(command => command.Name == "waypoints" ? new CommandResult(body.ToNode()) : null),
            "status" => Report("status", body).Answers(command => command.Name == "status" ? new CommandResult(body.ToNode()) : null),
            // It holds passwords.
            "configuration" => new Meaning().Answers(command => command.Name == "dump" ? new CommandResult(null) : null),
            "steps" => new Meaning().Measured(Measured(body)),
            "lwt" or "card" => new Meaning(),
            "encrypted" => Meaning.NotUnderstood("it is encrypted with a key that is not known here"),
            var type => Meaning.NotUnderstood($"'{type}' is nothing that a phone says"),
        };
    }

    public override Said? Ask(string? child, OpenCommand command)
    {
        if (_phone is null)
            return null;
        JsonObject payload = new() { ["_type"] = "cmd", ["action"] = command.Name };
        foreach ((string name, JsonNode? value) in command.Arguments)
            payload[name] = value?.DeepClone();
        return new Said($"{_prefix}{_phone}/cmd", Encoding.UTF8.GetBytes(payload.ToJsonString(MakerJson.Written)));
    }

    private void Remember(string topic)
    {
        if (Below(topic, _prefix).Split('/')[0] is { Length: > 0 } phone && phone is not ("+" or "#"))
            _phone = phone;
    }

    private static Meaning ReadLocation(JsonElement body)
    {
        JsonObject location = OwnTracksBody.Location(body);
        bool isReport = body.Text("t") == "r";
        Meaning meaning = new Meaning().Located(location).Measured(Measured(body), OwnTracksBody.TimeOf(body));
        return isReport ? meaning.Answers(command => command.Name == "reportLocation" ? new CommandResult(location) : null) : meaning;
    }

    private static Meaning ReadTransition(JsonElement body) =>
        new Meaning().Happened(body.Text("event") ?? "transition", body.Text("desc"), null, OwnTracksBody.TimeOf(body));

    private static Meaning Report(string what, JsonElement body) =>
        new Meaning().Reported(new JsonObject { [Property] = new JsonObject { [what] = body.ToNode() } });

    private static JsonObject Measured(JsonElement body)
    {
        JsonObject flat = [];
        foreach (JsonProperty member in body.EnumerateObject())
            if (!NotMeasured.Contains(member.Name))
                FlatMetrics.Add(flat, member.Name, member.Value);
        return flat;
    }
}
