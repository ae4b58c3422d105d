using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Sparkplug;

/// <summary>One running host for the tests of Sparkplug; each test has nodes of its own.</summary>
public sealed class SparkplugHost : IAsyncLifetime
{
    private long _ids;

    public HostProcess Process { get; private set; } = null!;

    public HttpClient Api => Process.Api;

    public async ValueTask InitializeAsync()
    {
        Process = await HostProcess.StartAsync(null, "--OmniIoT:Sparkplug:ReorderWait=200ms");
        await Api.PutAsync("models/gateway", """{ "name": "Gateway", "commands": { "calibrate": {} } }""");
    }

    public async ValueTask DisposeAsync() => await Process.DisposeAsync();

    public string NewId(string prefix) => prefix + Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);

    /// <summary>Registers a device that is to be a node.</summary>
    public async Task<(string Id, string Secret)> AddNodeAsync(string? customerId = null)
    {
        string id = NewId("node-");
        return (id, await AddDeviceAsync(id, customerId));
    }

    /// <summary>Registers a device; its secret.</summary>
    public async Task<string> AddDeviceAsync(string id, string? customerId = null)
    {
        string owner = customerId is null ? "" : $""", "customerId": "{customerId}" """;
        return (string)(await Api.PutAsync("devices/" + id, $$"""{ "model": "gateway"{{owner}} }"""))["secret"]!;
    }

    /// <summary>Registers a node and connects it.</summary>
    public async Task<HandMadeNode> ConnectNodeAsync(string? customerId = null)
    {
        (string id, string secret) = await AddNodeAsync(customerId);
        return await HandMadeNode.ConnectAsync(Process.MqttPort, id, secret);
    }

    public Task<JsonNode> TwinAsync(string device) => Api.ReadAsync($"devices/{device}/twin");

    /// <summary>Looks until the twin is there and as awaited: for what a node says with QoS 0.</summary>
    public Task<JsonNode> TwinSeenAsync(string device, Func<JsonNode, bool> isIt, string what) => TwinSeenAsync(Api, device, isIt, what);

    public static Task<JsonNode> TwinSeenAsync(HttpClient api, string device, Func<JsonNode, bool> isIt, string what) =>
        Awaited.Seen(
            async () =>
            {
                if (await api.StatusAsync(HttpMethod.Get, $"devices/{device}/twin") != HttpStatusCode.OK)
                    return null;
                JsonNode twin = await api.ReadAsync($"devices/{device}/twin");
                return isIt(twin) ? twin : null;
            },
            what
        );

    /// <summary>What went to the dead letters on the topics of a node.</summary>
    public async Task<IReadOnlyList<JsonNode>> DeadLettersAsync(string node) =>
        [.. (await Api.ListAsync("dead-letters")).Where(letter => (string?)letter["principal"] == "device:" + node)];
}

/// <summary>The tests share the host, one after the other.</summary>
[CollectionDefinition(nameof(SparkplugHost))]
public sealed class SparkplugTests : ICollectionFixture<SparkplugHost>;
