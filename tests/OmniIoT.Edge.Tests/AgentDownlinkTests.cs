using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Settings;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Edge.Tests;

/// <summary>Commands and desired settings, sent with mosquitto's own publisher.</summary>
public sealed class AgentDownlinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omniiot-edge-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Commands_are_answered_settings_applied_and_a_restart_ends_the_run()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using LineProcess responses = await broker.SubscribeAsync("devices/edge-2/commands/+/response");
        await using LineProcess reported = await broker.SubscribeAsync("devices/edge-2/twin/reported");
        await broker.PublishAsync(
            "devices/edge-2/twin/desired",
            """{"version":3,"desired":{"sampling":{"s1":{"every":"5s"}}}}""",
            retain: true
        );
        using CancellationTokenSource stop = new();
        Task<AgentOutcome> running = new Agent(Options(broker.Port), TimeProvider.System, new Random(1), NullLogger.Instance).RunAsync(
            stop.Token
        );

        // The subscription to commands is made after that to the settings: what is reported says that it stands.
        await AwaitAsync(
            reported,
            node => (int?)node["desiredVersion"] == 3 && (string?)node["sampling"]?["s1"]?["every"] == "5s",
            "the applied setting"
        );
        await broker.PublishAsync(
            "devices/edge-2/commands/c1/request",
            """{"name":"identify","arguments":{},"expiresAt":"2100-01-01T00:00:00.000Z"}"""
        );
        await broker.PublishAsync("devices/edge-2/commands/c2/request", """{"name":"sample-now"}""");
        await broker.PublishAsync("devices/edge-2/commands/c3/request", """{"name":"make-coffee"}""");
        await broker.PublishAsync("devices/edge-2/commands/c4/request", """{"name":"identify","expiresAt":1000}""");
        await broker.PublishAsync("devices/edge-2/commands/c5/request", """{"name":"restart-agent"}""");

        Assert.Equal(AgentOutcome.RestartRequested, await running.WaitAsync(TimeSpan.FromSeconds(30)));
        await AwaitAsync(
            responses,
            "c1",
            node => (string?)node["status"] == "succeeded" && (string?)node["result"]?["deviceId"] == "edge-2"
        );
        await AwaitAsync(responses, "c2", node => (double?)node["result"]?["temperature"] is not null);
        await AwaitAsync(responses, "c3", node => (string?)node["status"] == "failed");
        await AwaitAsync(responses, "c5", node => (string?)node["status"] == "succeeded");
        Assert.DoesNotContain(responses.Lines, line => line.Contains("/c4/", StringComparison.Ordinal) && line.StartsWith('|'));
    }

    [Fact]
    public async Task A_command_that_comes_again_after_a_restart_is_answered_again_and_not_carried_out_twice()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using LineProcess responses = await broker.SubscribeAsync("devices/edge-2/commands/+/response");
        Task<AgentOutcome> first = RunAsync(broker.Port, CancellationToken.None);
        // A retained one comes with each subscription, as one does whose acknowledgement got lost.
        await broker.PublishAsync("devices/edge-2/commands/once/request", """{"name":"restart-agent"}""", retain: true);
        Assert.Equal(AgentOutcome.RestartRequested, await first.WaitAsync(TimeSpan.FromSeconds(30)));

        using CancellationTokenSource stop = new();
        Task<AgentOutcome> second = RunAsync(broker.Port, stop.Token);
        await broker.PublishAsync("devices/edge-2/commands/next/request", """{"name":"identify"}""", retain: true);
        await AwaitAsync(responses, "next", node => (string?)node["status"] == "succeeded");
        await stop.CancelAsync();

        Assert.Equal(AgentOutcome.Stopped, await second.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.All(
            responses.Lines.Where(line => line.StartsWith("|devices/edge-2/commands/once/", StringComparison.Ordinal)),
            line => Assert.Equal("succeeded", (string?)Payload(line)["status"])
        );
    }

    private Task<AgentOutcome> RunAsync(int port, CancellationToken cancellationToken) =>
        new Agent(Options(port), TimeProvider.System, new Random(1), NullLogger.Instance).RunAsync(cancellationToken);

    private AgentOptions Options(int port) =>
        new()
        {
            DeviceId = "edge-2",
            Secret = "s",
            Port = port,
            QueueDirectory = Path.Combine(_folder, "queue"),
            Sensors =
            [
                new SensorSpec
                {
                    Id = "s1",
                    Type = "simulated",
                    Metrics = [new MetricSpec("temperature", "temperature")],
                },
            ],
        };

    private static Task<string> AwaitAsync(LineProcess subscriber, string commandId, Func<JsonNode, bool> expected) =>
        subscriber.SeenAsync(
            line => line.StartsWith($"|devices/edge-2/commands/{commandId}/response ", StringComparison.Ordinal) && expected(Payload(line)),
            $"the response to {commandId}"
        );

    private static Task<string> AwaitAsync(LineProcess subscriber, Func<JsonNode, bool> expected, string awaited) =>
        subscriber.SeenAsync(line => line.StartsWith('|') && expected(Payload(line)), awaited);

    private static JsonNode Payload(string line) => JsonNode.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])!;
}
