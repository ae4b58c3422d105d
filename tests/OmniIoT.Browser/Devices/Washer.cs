using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Browser.Devices;

/// <summary>A washer and its owner, both named after one test; it speaks MQTT and obeys the test.</summary>
internal sealed class Washer : IAsyncDisposable
{
    private const string Model = """
        { "name": "Washer W2",
          "metrics": { "temperature": { "unit": "Cel" } },
          "commands": { "restart": { "timeoutSeconds": 60 } },
          "rules": [
            { "type": "overheat", "severity": "major", "when": "temperature > 80 for 30s", "clear": "temperature < 75 for 10s",
              "case": { "title": "{{device.name}} runs hot", "priority": "high", "queue": "washers" } } ],
          "verify": { "healthyFor": "30s" } }
        """;

    private readonly MqttClient _client;
    private readonly Channel<ReceivedMessage> _received = Channel.CreateUnbounded<ReceivedMessage>();

    // The story is of the last minutes, in device time: nobody waits for it.
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(8);

    private Washer(string id, int port, string secret)
    {
        Id = id;
        MqttClientOptions options = new()
        {
            Host = "127.0.0.1",
            Port = port,
            ClientId = id,
            UserName = id,
            Password = Encoding.UTF8.GetBytes(secret),
        };
        _client = new MqttClient(options, TimeProvider.System, new Random(1))
        {
            MessageHandler = (message, cancellationToken) => _received.Writer.WriteAsync(message, cancellationToken),
        };
    }

    public string Id { get; }

    public string Name => NameOf(Id);

    public string CustomerId => OwnerOf(Id);

    public string CaseTitle => $"{Name} runs hot";

    /// <summary>Registers model, owner and device, connects and subscribes to what comes down.</summary>
    public static async Task<Washer> StartAsync(HostProcess host, string id)
    {
        await host.Api.PutAsync("models/washer-w2", Model);
        await host.Api.PutAsync(
            $"customers/{OwnerOf(id)}",
            $$"""{ "name": "Owner of {{id}}", "consent": { "location": true, "offers": true } }"""
        );
        JsonNode device = await host.Api.PutAsync(
            $"devices/{id}",
            $$"""{ "model": "washer-w2", "customerId": "{{OwnerOf(id)}}", "name": "{{NameOf(id)}}" }"""
        );
        Washer washer = new(id, host.MqttPort, (string)device["secret"]!);
        await Awaited.Within(washer._client.ConnectAsync(), $"connection of {id}");
        await Awaited.Within(washer._client.SubscribeAsync($"devices/{id}/commands/+/request"), $"subscription of {id}");
        return washer;
    }

    /// <summary>Reports temperatures at seconds of the story, in order; returns when all are acknowledged.</summary>
    public async Task ReportAsync(params (int Second, double Celsius)[] readings)
    {
        foreach ((int second, double celsius) in readings)
        {
            long at = (_start + TimeSpan.FromSeconds(second)).ToUnixTimeMilliseconds();
            await PublishAsync(
                "telemetry",
                string.Create(CultureInfo.InvariantCulture, $$$"""{"ts":{{{at}}},"values":{"temperature":{{{celsius}}}}}""")
            );
        }
    }

    public Task OverheatAsync() => ReportAsync((0, 85), (15, 86), (31, 88));

    public async Task<ReceivedMessage> CommandAsync() => await Awaited.Within(_received.Reader.ReadAsync().AsTask(), $"command to {Id}");

    public Task SucceedAsync(ReceivedMessage command, string result = "{}")
    {
        string below = command.Topic[$"devices/{Id}/".Length..].Replace("/request", "/response", StringComparison.Ordinal);
        return PublishAsync(below, $$"""{"status":"succeeded","result":{{result}}}""");
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task PublishAsync(string below, string payload)
    {
        Task<ReasonCode> publish = _client.PublishAsync(
            $"devices/{Id}/{below}",
            Encoding.UTF8.GetBytes(payload),
            QualityOfService.AtLeastOnce
        );
        Assert.Equal(ReasonCode.Success, await Awaited.Within(publish, $"acknowledgement of {below} of {Id}"));
    }

    private static string NameOf(string id) => $"The {id}";

    private static string OwnerOf(string id) => $"owner-of-{id}";
}
