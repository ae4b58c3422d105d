using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Downlink;

namespace OmniIoT.Edge.Commands;

/// <summary>A command as it came.</summary>
internal sealed record AgentCommand(string Id, string Name, JsonObject Arguments, Instant? ExpiresAt)
{
    private const string Requests = "/commands/";

    /// <summary>Null for what is no command.</summary>
    public static AgentCommand? Parse(string topic, ReadOnlySpan<byte> payload)
    {
        int start = topic.IndexOf(Requests, StringComparison.Ordinal);
        if (start < 0 || !topic.EndsWith("/request", StringComparison.Ordinal))
            return null;
        string id = topic[(start + Requests.Length)..^"/request".Length];
        try
        {
            JsonObject? node = UntrustedJson.Parse(payload) as JsonObject;
            if (node?["name"] is not JsonValue name || !name.TryGetValue<string>(out string? text))
                return null;
            return new AgentCommand(id, text, node["arguments"] as JsonObject ?? [], Expiry(node["expiresAt"]));
        }
        catch (Exception failure) when (UntrustedJson.IsProblem(failure))
        {
            return null;
        }
    }

    private static Instant? Expiry(JsonNode? node) =>
        node switch
        {
            JsonValue value when value.TryGetValue<long>(out long milliseconds) => new Instant(milliseconds),
            JsonValue value when value.TryGetValue<string>(out string? text) && Instant.TryParse(text, out Instant at) => at,
            _ => null,
        };
}
