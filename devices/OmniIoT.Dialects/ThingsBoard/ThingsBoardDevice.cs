using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.ThingsBoard;

/// <summary>
/// ThingsBoard's device API: telemetry, attributes, commands as RPC. Client attributes are reported properties, shared attributes
/// desired ones. RPC towards the server is not served: nobody is here to answer it.
/// </summary>
public sealed class ThingsBoardDevice(string id) : MakerDevice(id)
{
    private const string Root = "v1/devices/me/";
    private const string Attributes = Root + "attributes";
    private const string AttributesRequest = Root + "attributes/request/";
    private const string RpcResponse = Root + "rpc/response/";

    public override bool Speaks(ReadOnlySpan<byte> topic) => topic.StartsWith("v1/devices/me/"u8);

    public override Meaning Read(string topic, ReadOnlySpan<byte> payload) =>
        topic switch
        {
            Root + "telemetry" => ReadTelemetry(MakerJson.Parse(payload)),
            Attributes => new Meaning().Reported(MakerJson.ParseObject(payload).ToObject()),
            _ when topic.StartsWith(AttributesRequest, StringComparison.Ordinal) => ReadQuestion(
                topic[AttributesRequest.Length..],
                MakerJson.ParseObject(payload)
            ),
            _ when topic.StartsWith(RpcResponse, StringComparison.Ordinal) => ReadAnswer(topic[RpcResponse.Length..], payload),
            _ => Meaning.NotUnderstood($"nothing of ThingsBoard's device API that is served here is said on '{topic}'"),
        };

    public override Said? Ask(string? child, OpenCommand command)
    {
        JsonObject request = new() { ["method"] = command.Name, ["params"] = command.Arguments.DeepClone() };
        return new Said($"{Root}rpc/request/{command.Number}", Utf8(request));
    }

    public override Said? Tell(JsonObject change)
    {
        JsonObject told = new(
            change.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
        );
        JsonArray deleted = [.. change.Where(member => member.Value is null).Select(member => (JsonNode)member.Key)];
        if (deleted.Count > 0)
            told["deleted"] = deleted;
        return new Said(Attributes, Utf8(told));
    }

    private static Meaning ReadTelemetry(JsonElement body)
    {
        Meaning meaning = new();
        if (body.ValueKind != JsonValueKind.Array)
            return AddPoint(meaning, body);
        foreach (JsonElement point in body.EnumerateArray())
            AddPoint(meaning, point);
        return meaning;
    }

    private static Meaning AddPoint(Meaning meaning, JsonElement point)
    {
        if (point.ValueKind != JsonValueKind.Object)
            throw new JsonException("An object of values is expected.");
        bool hasTime = point.TryGetProperty("values", out JsonElement values) & point.TryGetProperty("ts", out JsonElement ts);
        return hasTime && values.ValueKind == JsonValueKind.Object
            ? meaning.Measured(values, new Instant(ts.GetInt64()))
            : meaning.Measured(point);
    }

    private static Meaning ReadQuestion(string requestId, JsonElement wanted)
    {
        string[]? client = Keys(wanted, "clientKeys");
        string[]? shared = Keys(wanted, "sharedKeys");
        bool isAll = client is null && shared is null;
        return new Meaning().Asks(
            new TwinQuestion(
                (desired, reported) =>
                {
                    JsonObject answer = [];
                    if (isAll || client is not null)
                        answer["client"] = Choose(reported, client);
                    if (isAll || shared is not null)
                        answer["shared"] = Choose(desired, shared);
                    return new Said($"{Attributes}/response/{requestId}", Utf8(answer));
                }
            )
        );
    }

    private static string[]? Keys(JsonElement wanted, string name) =>
        wanted.Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static JsonObject Choose(JsonObject properties, string[]? keys) =>
        new(
            properties
                .Where(member => keys is null || keys.Contains(member.Key))
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
        );

    private static Meaning ReadAnswer(string number, ReadOnlySpan<byte> payload)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int wanted))
            return Meaning.NotUnderstood($"'{number}' is no number of a request");
        JsonElement body = payload.IsEmpty ? default : MakerJson.Parse(payload);
        string? error =
            body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out JsonElement told) ? told.ToString() : null;
        CommandResult result = new(body.ToNode(), error);
        return new Meaning().Answers(command => command.Number == wanted ? result : null);
    }

    private static byte[] Utf8(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString(MakerJson.Written));
}
