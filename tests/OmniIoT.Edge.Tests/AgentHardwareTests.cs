using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Settings;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Edge.Tests;

/// <summary>The agent with sensors and outputs on the simulated bus, as mosquitto's own clients see it.</summary>
public sealed class AgentHardwareTests : IDisposable
{
    private const int Button = 4;
    private const int Relay = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("omniiot-edge-").FullName;
    private readonly Board _board = new("/nowhere", TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_press_comes_up_and_a_relay_is_switched_from_above_until_the_agent_stops()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using LineProcess telemetry = await broker.SubscribeAsync("devices/edge-3/telemetry");
        await using LineProcess responses = await broker.SubscribeAsync("devices/edge-3/commands/+/response");
        await using LineProcess reported = await broker.SubscribeAsync("devices/edge-3/twin/reported");
        await broker.PublishAsync("devices/edge-3/twin/desired", """{"version":1,"desired":{"outputs":{"fan":true}}}""", retain: true);
        using CancellationTokenSource stop = new();
        Task<AgentOutcome> running = new Agent(Options(broker.Port), TimeProvider.System, new Random(1), NullLogger.Instance)
        {
            Board = _board,
        }.RunAsync(stop.Token);

        await AwaitAsync(
            reported,
            node => (int?)node["desiredVersion"] == 1 && (bool?)node["outputs"]?["fan"] == true,
            "the relay by desired properties"
        );
        await AwaitAsync(telemetry, node => Values(node).Any(values => (double?)values["temperature"] is > 0), "the air sensor");
        await AwaitAsync(telemetry, node => Values(node).Any(values => (bool?)values["pressed"] == false), "the open button");
        _board.SimulatedGpio[Button].Drive(false);
        await AwaitAsync(telemetry, node => Values(node).Any(values => (bool?)values["pressed"] == true), "the press");

        await broker.PublishAsync("devices/edge-3/commands/c1/request", """{"name":"output","arguments":{"id":"fan","on":false}}""");
        await broker.PublishAsync("devices/edge-3/commands/c2/request", """{"name":"output","arguments":{"id":"pump","on":true}}""");
        await AwaitAsync(
            responses,
            node => (string?)node["status"] == "succeeded" && (bool?)node["result"]?["on"] == false,
            "the command's answer"
        );
        await AwaitAsync(responses, node => (string?)node["error"] == "'pump': is no output of this agent", "the refusal");
        await AwaitAsync(
            reported,
            node => (bool?)node["outputs"]?["fan"] == false && node["desiredVersion"] is null,
            "the relay by command"
        );
        await broker.PublishAsync("devices/edge-3/twin/desired", """{"version":2,"desired":{"outputs":{"fan":false}}}""", retain: true);
        await broker.PublishAsync("devices/edge-3/twin/desired", """{"version":3,"desired":{"outputs":{"fan":true}}}""", retain: true);
        await AwaitAsync(telemetry, node => Values(node).Any(values => (bool?)values["outputs.fan"] == false), "the relay as a metric");
        await AwaitAsync(reported, node => (int?)node["desiredVersion"] == 3, "the relay by the third properties");

        await stop.CancelAsync();
        Assert.Equal(AgentOutcome.Stopped, await running.WaitAsync(TimeSpan.FromSeconds(30)));
        // Idle, on, off by command, on, idle at the end; active low.
        Assert.Equal([true, false, true, true, false, true], _board.SimulatedGpio[Relay].Driven);
        Assert.Null(_board.SimulatedGpio[Button].Mode);
    }

    private AgentOptions Options(int port) =>
        new()
        {
            DeviceId = "edge-3",
            Secret = "s",
            Port = port,
            QueueDirectory = Path.Combine(_folder, "queue"),
            Sensors =
            [
                new SensorSpec
                {
                    Id = "air",
                    Type = "bme280",
                    Bus = Board.Simulated,
                    Every = TimeSpan.FromMilliseconds(100),
                },
                new SensorSpec
                {
                    Id = "door",
                    Type = "button",
                    Line = new LineSpec
                    {
                        Chip = Board.Simulated,
                        Number = Button,
                        IsActiveLow = true,
                        Debounce = LineSpec.ContactDebounce,
                    },
                },
            ],
            Outputs =
            [
                new OutputSpec
                {
                    Id = "fan",
                    Type = "relay",
                    Line = new LineSpec
                    {
                        Chip = Board.Simulated,
                        Number = Relay,
                        IsActiveLow = true,
                    },
                },
            ],
        };

    private static Task<string> AwaitAsync(LineProcess subscriber, Func<JsonNode, bool> expected, string awaited) =>
        subscriber.SeenAsync(
            line => line.StartsWith('|') && expected(JsonNode.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])!),
            awaited
        );

    private static IEnumerable<JsonNode> Values(JsonNode payload) =>
        (payload is JsonArray array ? array.ToArray() : [payload]).Select(reading => reading!["values"]!);
}
