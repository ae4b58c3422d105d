using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>Whenever the edge agent is asked to stop, it exits with 0.</summary>
public sealed class AgentStopTests(StopContext context) : IClassFixture<StopContext>, IDisposable
{
    private const string Agent = "the edge agent";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task At_its_start(PosixSignal signal)
    {
        string settings = await SettingsAsync(context.Host.MqttPort);
        AwaitedFile file = await AwaitedFile.CreateAsync(Path.Combine(_directory.Path, "edge.json"));
        await using LineProcess agent = Start();

        await using (StreamWriter writer = await file.OpenedAsync())
        {
            await agent.SignalAsync(signal);
            await writer.WriteAsync(settings);
        }

        Assert.Equal(0, await agent.ExitAsync(Agent));
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task As_soon_as_it_is_connected(PosixSignal signal)
    {
        await using LineProcess agent = await StartAsync(context.Host.MqttPort);
        await agent.SeenAsync(IsConnected, "connection of the agent");

        Assert.Equal(0, await agent.StopAsync(Agent, signal));
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task While_its_link_is_down(PosixSignal signal)
    {
        await using CuttableLink link = new(context.Host.MqttPort);
        await using LineProcess agent = await StartAsync(link.Port);
        await agent.SeenAsync(IsConnected, "connection of the agent");
        link.Cut();
        await link.TurnedAwayAsync();

        Assert.Equal(0, await agent.StopAsync(Agent, signal));
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task While_its_link_says_nothing(PosixSignal signal)
    {
        await using CuttableLink link = new(context.Host.MqttPort);
        await using LineProcess agent = await StartAsync(link.Port);
        await agent.SeenAsync(IsConnected, "connection of the agent");
        link.FallSilent();

        Assert.Equal(0, await agent.StopAsync(Agent, signal));
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task While_it_stops_already(PosixSignal first)
    {
        await using LineProcess agent = await StartAsync(context.Host.MqttPort);
        await agent.SeenAsync(IsConnected, "connection of the agent");

        Assert.Equal(0, await agent.StopImpatientlyAsync(Agent, first));
    }

    private static bool IsConnected(string line) => line.Contains("Connected to", StringComparison.Ordinal);

    private async Task<LineProcess> StartAsync(int port)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "edge.json"), await SettingsAsync(port));
        return Start();
    }

    private LineProcess Start() =>
        LineProcess.Start(
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "OmniIoT.Edge.dll"),
            "--config",
            Path.Combine(_directory.Path, "edge.json")
        );

    private async Task<string> SettingsAsync(int port)
    {
        await context.Host.Api.PutAsync("models/cellar", """{ "name": "Cellar", "metrics": { "temperature": { "unit": "Cel" } } }""");
        string id = Path.GetFileName(_directory.Path);
        JsonNode device = await context.Host.Api.PutAsync($"devices/{id}", """{ "model": "cellar" }""");
        return new JsonObject
        {
            ["deviceId"] = id,
            ["secret"] = (string?)device["secret"],
            ["port"] = port,
            ["samplingInterval"] = "50ms",
            ["sensors"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = "temperature",
                    ["type"] = "simulated",
                    ["period"] = "10s",
                    ["metrics"] = new JsonObject { ["temperature"] = new JsonObject { ["name"] = "temperature" } },
                }
            ),
            ["queue"] = new JsonObject { ["directory"] = Path.Combine(_directory.Path, "queue") },
        }.ToJsonString();
    }
}
