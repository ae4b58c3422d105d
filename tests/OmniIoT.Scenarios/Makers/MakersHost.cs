using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Scenarios.Contract;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Makers;

/// <summary>One running host for the tests of makers' devices, which speak to it through mosquitto's own clients.</summary>
public sealed class MakersHost : IAsyncLifetime
{
    private long _ids;

    public HostProcess Process { get; private set; } = null!;

    public HttpClient Api => Process.Api;

    public async ValueTask InitializeAsync() => Process = await HostProcess.StartAsync();

    public async ValueTask DisposeAsync() => await Process.DisposeAsync();

    /// <summary>Registers a device of a model with these commands.</summary>
    public async Task<(string Id, MosquittoClient Client)> AddAsync(string prefix, params IReadOnlyList<string> commands)
    {
        (string id, string secret) = await RegisterAsync(prefix, commands);
        return (id, new MosquittoClient(Process.MqttPort, id, secret));
    }

    /// <summary>The same, on one connection that stays.</summary>
    public async Task<ContractClient> ConnectAsync(string prefix, params IReadOnlyList<string> commands)
    {
        (string id, string secret) = await RegisterAsync(prefix, commands);
        MqttClientOptions options = new()
        {
            Host = "127.0.0.1",
            Port = Process.MqttPort,
            Version = ProtocolVersion.V311,
            ClientId = id,
            UserName = id,
            Password = Encoding.UTF8.GetBytes(secret),
            Reconnect = false,
        };
        ContractClient client = new(options, id);
        await client.ConnectAsync();
        return client;
    }

    private async Task<(string Id, string Secret)> RegisterAsync(string prefix, IReadOnlyList<string> commands)
    {
        string id = prefix + Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);
        JsonObject known = new(commands.Select(command => KeyValuePair.Create(command, (JsonNode?)new JsonObject())));
        await Api.PutAsync("models/" + id, new JsonObject { ["name"] = prefix, ["commands"] = known }.ToJsonString());
        return (id, (string)(await Api.PutAsync("devices/" + id, $$"""{ "model": "{{id}}" }"""))["secret"]!);
    }

    /// <summary>Looks until the twin is as awaited.</summary>
    public Task<JsonNode> TwinAsync(string device, Func<JsonNode, bool> isIt, string what) =>
        Api.SeenAsync($"devices/{device}/twin", isIt, what);

    /// <summary>A metric's newest value in a twin; null when there is none.</summary>
    public static JsonNode? Value(JsonNode twin, string metric) => twin["values"]![metric]?["value"];

    public async Task<string> SendAsync(string device, string name, string arguments = "{}") =>
        (string)(await Api.PostAsync($"devices/{device}/commands", $$"""{ "name": "{{name}}", "arguments": {{arguments}} }"""))["id"]!;

    /// <summary>Looks until the command has ended so.</summary>
    public async Task<JsonNode> EndedAsync(string device, string command, string status)
    {
        JsonNode page = await Api.SeenAsync(
            $"devices/{device}/commands",
            page => Find(page, command) is { } found && (string?)found["status"] == status,
            $"command '{status}'"
        );
        return Find(page, command)!;
    }

    private static JsonNode? Find(JsonNode page, string command) =>
        page["items"]!.AsArray().FirstOrDefault(item => (string?)item!["id"] == command);
}

/// <summary>The tests share the host, one after the other.</summary>
[CollectionDefinition(nameof(MakersHost))]
public sealed class MakersTests : ICollectionFixture<MakersHost>;
