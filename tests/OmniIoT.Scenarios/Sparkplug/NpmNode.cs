using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Sparkplug;

/// <summary>An edge node built with <c>sparkplug-client</c> from npm, in a process of its own.</summary>
public sealed class NpmNode : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "OmniIoT.Scenarios", "Sparkplug", "node");

    private readonly LineProcess _process;

    private NpmNode(LineProcess process) => _process = process;

    /// <summary>Starts a node of the group <c>plant</c>, named as its device, and returns once it has said its births.</summary>
    /// <param name="births">JSON: <c>node</c> its payload, <c>devices</c> those of its devices.</param>
    /// <param name="applies">Whether it reports the values that it is commanded.</param>
    /// <param name="birthsOnce">Whether it forgets its births when it connects again, as a node that does not notice would.</param>
    public static async Task<NpmNode> StartAsync(
        int port,
        string id,
        string secret,
        string births,
        bool applies = false,
        bool birthsOnce = false
    )
    {
        JsonObject settings = new()
        {
            ["options"] = new JsonObject
            {
                ["serverUrl"] = $"mqtt://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
                ["username"] = id,
                ["password"] = secret,
                ["groupId"] = "plant",
                ["edgeNode"] = id,
                ["clientId"] = id,
            },
            ["births"] = JsonNode.Parse(births),
            ["applies"] = applies,
            ["birthsOnce"] = birthsOnce,
        };
        NpmNode node = new(await NpmProject.StartAsync(Folder, "edge-node.js", settings.ToJsonString()));
        await node.SeenAsync("births", 1);
        return node;
    }

    /// <summary>Calls a method of the client.</summary>
    /// <param name="payload">JSON; the time is added. Null for a method without one.</param>
    public Task CallAsync(string method, string? device = null, string? payload = null, string? compression = null)
    {
        JsonObject line = new() { ["call"] = method };
        if (device is not null)
            line["device"] = device;
        if (payload is not null)
            line["payload"] = JsonNode.Parse(payload);
        if (compression is not null)
            line["compression"] = compression;
        return _process.SayAsync(line.ToJsonString());
    }

    /// <summary>The n-th event of a name that it tells of.</summary>
    public async Task<JsonNode> SeenAsync(string happened, int number = 1)
    {
        IReadOnlyList<string> lines = await _process.SeenAsync(
            number,
            line => EventOf(line) == happened,
            $"event '{happened}' number {number} of the node"
        );
        return JsonNode.Parse(lines[number - 1])!;
    }

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string? EventOf(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("event").GetString();
    }
}
