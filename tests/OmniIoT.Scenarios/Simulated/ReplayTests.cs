using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Simulated;

/// <summary>A recorded machine, replayed by the simulators' program.</summary>
public sealed class ReplayTests
{
    private const string Real = "a real machine";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>The real one where it lies beside the project.</summary>
    public static TheoryData<string> Machines => File.Exists(Recording.Real.File) ? ["a made-up machine", Real] : ["a made-up machine"];

    [Theory]
    [MemberData(nameof(Machines))]
    public async Task A_recorded_press_is_stored_whole_and_its_failures_become_cases(string machine)
    {
        using TemporaryDirectory directory = new();
        Recording recording = machine == Real ? Recording.Real : Recording.MakeUp(directory.Path);
        await using HostProcess host = await HostProcess.StartAsync();

        await using LineProcess replay = LineProcess.Start(
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "OmniIoT.Simulators.dll"),
            "replay",
            "--file",
            recording.File,
            "--windows",
            recording.Windows,
            "--device",
            "press-7",
            "--mqtt",
            $"127.0.0.1:{host.MqttPort}",
            "--http",
            $"http://127.0.0.1:{host.HttpPort}",
            "--api-key",
            HostProcess.ApiKey
        );
        int exitCode = await replay.ExitAsync("the replay", Patience);

        string said = string.Join('\n', replay.Lines);
        Assert.True(exitCode == 0, said);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{recording.Readings:N0} readings acknowledged"),
            said,
            StringComparison.Ordinal
        );
        Assert.Contains($"caught {recording.Caught} of {recording.Caught} labelled failures", said, StringComparison.Ordinal);
        Assert.True((await host.Api.ListAsync("cases?deviceId=press-7")).Count >= recording.Caught, said);
        JsonNode chart = await host.Api.ReadAsync("devices/press-7/telemetry?metric=temperature&points=500");
        Assert.Equal(recording.Readings, chart["points"]!.AsArray().Sum(point => (int)point!["count"]!));
        IReadOnlyList<JsonNode> raw = await host.Api.ListAsync("devices/press-7/telemetry/raw?metric=temperature&limit=10000");
        Assert.Equal(recording.Readings, raw.Select(reading => (int)reading["seq"]!).Distinct().Count());
        Assert.Equal(raw.Select(At).Order(), raw.Select(At));
        TestContext.Current.TestOutputHelper!.WriteLine(said);
        Assert.Empty(host.Errors);
    }

    private static DateTimeOffset At(JsonNode reading) => DateTimeOffset.Parse((string)reading["at"]!, CultureInfo.InvariantCulture);
}
