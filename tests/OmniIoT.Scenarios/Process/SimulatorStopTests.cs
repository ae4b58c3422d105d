using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using OmniIoT.Scenarios.Simulated;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>Whenever simulators are asked to stop, they exit with 0.</summary>
public sealed class SimulatorStopTests(StopContext context) : IClassFixture<StopContext>, IDisposable
{
    private const string Simulators = "the simulators";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task At_their_start(PosixSignal signal)
    {
        string path = Path.Combine(_directory.Path, "recording.csv");
        AwaitedFile recording = await AwaitedFile.CreateAsync(path);
        await using LineProcess replay = Start(context.Host.MqttPort, "replay", "--device", "press-9", "--file", path);

        await using (StreamWriter writer = await recording.OpenedAsync())
        {
            await replay.SignalAsync(signal);
            await writer.WriteAsync("timestamp,value\n2026-01-05 00:00:00,85\n");
        }

        Assert.Equal(0, await replay.ExitAsync(Simulators));
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task While_they_run(string command, PosixSignal signal)
    {
        await using LineProcess running = await RunAsync(command, context.Host.MqttPort);

        Assert.Equal(0, await running.StopAsync(Simulators, signal));
    }

    [Theory]
    [MemberData(nameof(CommandsThatOutliveALink))]
    public async Task While_their_link_is_down(string command, PosixSignal signal)
    {
        await using CuttableLink link = new(context.Host.MqttPort);
        await using LineProcess running = await RunAsync(command, link.Port);
        link.Cut();
        await link.TurnedAwayAsync();

        Assert.Equal(0, await running.StopAsync(Simulators, signal));
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task While_they_stop_already(string command, PosixSignal first)
    {
        await using LineProcess running = await RunAsync(command, context.Host.MqttPort);

        Assert.Equal(0, await running.StopImpatientlyAsync(Simulators, first));
    }

    [Fact]
    public async Task What_a_stopped_load_measured_is_kept()
    {
        await using LineProcess load = await RunAsync("load", context.Host.MqttPort);

        Assert.Equal(0, await load.StopAsync(Simulators, PosixSignal.SIGINT));

        JsonNode report = JsonNode.Parse(await File.ReadAllTextAsync(ReportPath))!;
        Assert.True((long)report["acknowledged"]! > 0, report.ToJsonString());
    }

    public static MatrixTheoryData<string, PosixSignal> EveryCommand { get; } =
        new(["fleet", "shoppers", "demo", "replay", "load"], Signals);

    /// <summary>A load ends with the link: what it would measure then is none of the host.</summary>
    public static MatrixTheoryData<string, PosixSignal> CommandsThatOutliveALink { get; } =
        new(["fleet", "shoppers", "demo", "replay"], Signals);

    private static PosixSignal[] Signals => [PosixSignal.SIGTERM, PosixSignal.SIGINT];

    private string ReportPath => Path.Combine(_directory.Path, "report.json");

    /// <summary>A command that does what it is for, and would do so for minutes.</summary>
    private async Task<LineProcess> RunAsync(string command, int mqttPort)
    {
        DateTimeOffset startedAt = TimeProvider.System.GetUtcNow();
        LineProcess started = command switch
        {
            "fleet" => Start(mqttPort, command, "--devices", "3", "--interval", "1"),
            "shoppers" => Start(mqttPort, command, "--shoppers", "3"),
            "replay" => Start(
                mqttPort,
                command,
                "--device",
                Path.GetFileName(_directory.Path),
                "--file",
                Recording.MakeUp(_directory.Path).File,
                "--speed",
                "2000"
            ),
            "load" => Start(mqttPort, command, "--connections", "2", "--seconds", "600", "--rate", "50", "--json", ReportPath),
            _ => Start(mqttPort, command),
        };
        await (
            command switch
            {
                "fleet" => started.SeenAsync(line => line == "3 devices are connected.", "connections of the fleet"),
                "shoppers" => started.SeenAsync(line => line == "3 shoppers are in town.", "connections of the shoppers"),
                "replay" => started.SeenAsync(line => line.Contains(" acknowledged ", StringComparison.Ordinal), "progress of the replay"),
                "load" => started.SeenAsync(line => line.Contains(" acknowledged ", StringComparison.Ordinal), "progress of the load"),
                _ => (Task)Awaited.Seen(() => ReadingOfPressAsync(startedAt), "reading of the demonstration's press"),
            }
        );
        return started;
    }

    /// <summary>The demonstration says nothing; its products report once all of it is connected.</summary>
    private async Task<JsonNode?> ReadingOfPressAsync(DateTimeOffset since)
    {
        if (!(await context.Host.Api.ListAsync("devices?limit=500")).Any(device => (string?)device["id"] == "press-3"))
            return null;
        JsonObject values = (await context.Host.Api.ReadAsync("devices/press-3/twin"))["values"]!.AsObject();
        return values
            .Select(value => value.Value!)
            .FirstOrDefault(value => DateTimeOffset.Parse((string)value["at"]!, CultureInfo.InvariantCulture) > since);
    }

    private LineProcess Start(int mqttPort, params string[] arguments) =>
        LineProcess.Start(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "OmniIoT.Simulators.dll"),
                .. arguments,
                "--mqtt",
                $"127.0.0.1:{mqttPort}",
                "--http",
                $"http://127.0.0.1:{context.Host.HttpPort}",
                "--api-key",
                HostProcess.ApiKey,
            ]
        );
}
