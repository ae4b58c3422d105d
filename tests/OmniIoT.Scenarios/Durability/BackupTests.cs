using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Durability;

/// <summary><c>deploy/backup.sh</c>, as docs/operate.md tells people to use it.</summary>
[SupportedOSPlatform("linux")]
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryDirectory _copies = new();

    private static string Script { get; } = Path.Combine(Repository.Root, "deploy", "backup.sh");

    private string Copy => Path.Combine(_copies.Path, "copy");

    public void Dispose() => _copies.Dispose();

    [Fact]
    public async Task A_copy_made_in_mid_flood_has_all_that_was_acknowledged_before_it_and_a_host_goes_on_from_there()
    {
        const int Count = 3000;
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 3);
        await using Flood flood = Flood.Start(flooded.Plan(Count));
        await flood.ReachedAsync(Count);

        ILookup<string, int> before = flood.Record();
        await BackUpAsync(flooded.Host.DataDirectory);
        Assert.True(flood.Acknowledged < 3 * Count, "The flood was over before the copy was made.");

        await using HostProcess restored = await HostProcess.StartAsync(Copy);
        foreach (FloodDevice device in flooded.Fleet.Devices)
        {
            await ReportAsync(restored, device, Count + 1);
            IReadOnlyList<int> stored = await NumbersAsync(restored, device);
            Assert.Empty(before[device.Id].Except(stored));
            Assert.Contains(Count + 1, stored);
            Assert.Equal(stored.Distinct(), stored);
        }
        Assert.Empty(restored.Errors);
    }

    [Fact]
    public async Task Readings_that_move_to_the_telemetry_while_the_copy_is_made_hide_none_that_come_after_a_restore()
    {
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 1);
        FloodDevice device = flooded.Fleet.Devices[0];
        await ReportAsync(flooded.Host, device, 1);
        await using LineProcess backup = StartPausedAfterStore(flooded.Host.DataDirectory);
        await backup.SeenAsync(line => line == "store copied", "the copy of the store");

        await ReportAsync(flooded.Host, device, 2);
        Assert.Equal([1, 2], await NumbersAsync(flooded.Host, device));
        await backup.SayAsync("go on");
        Assert.True(await backup.ExitAsync("the backup") == 0, string.Join('\n', backup.Lines));

        await using HostProcess restored = await HostProcess.StartAsync(Copy);
        await ReportAsync(restored, device, 3);
        Assert.Equal([1, 2, 3], await NumbersAsync(restored, device));
        Assert.Empty(restored.Errors);
    }

    [Fact]
    public async Task A_copy_of_a_host_that_is_stopped_has_everything()
    {
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 1);
        FloodDevice device = flooded.Fleet.Devices[0];
        await ReportAsync(flooded.Host, device, 1);
        Assert.Equal(0, await flooded.Host.StopAsync());

        await BackUpAsync(flooded.Host.DataDirectory);

        await using HostProcess restored = await HostProcess.StartAsync(Copy);
        Assert.Equal([1], await NumbersAsync(restored, device));
        Assert.Empty(restored.Errors);
    }

    private static Task ReportAsync(HostProcess host, FloodDevice device, int number) =>
        new MosquittoClient(host.MqttPort, device.Id, device.Secret).PublishAsync(
            $"devices/{device.Id}/telemetry",
            $$"""{ "seq": {{number}}, "values": { "number": {{number}} } }"""
        );

    private static async Task<IReadOnlyList<int>> NumbersAsync(HostProcess host, FloodDevice device)
    {
        IReadOnlyList<JsonNode> readings = await host.Api.ListAsync($"devices/{device.Id}/telemetry/raw?metric=number&limit=10000");
        return [.. readings.Select(reading => (int)reading["value"]!)];
    }

    private async Task BackUpAsync(string directory)
    {
        InstalledProgram.Require("sqlite3");
        await using LineProcess backup = LineProcess.Start(Script, directory, Copy);
        Assert.True(await backup.ExitAsync("the backup") == 0, string.Join('\n', backup.Lines));
    }

    /// <summary>Puts a <c>sqlite3</c> before the real one that waits, before the first database of the telemetry, for a line.</summary>
    private LineProcess StartPausedAfterStore(string directory)
    {
        string sqlite = InstalledProgram.Require("sqlite3");
        string folder = Directory.CreateDirectory(Path.Combine(_copies.Path, "bin")).FullName;
        string pausing = Path.Combine(folder, "sqlite3");
        File.WriteAllText(
            pausing,
            $"""
            #!/bin/sh
            case "$*" in *-readonly*catalog.db*) echo 'store copied' >&2; read -r _;; esac
            exec {sqlite} "$@"
            """
        );
        File.SetUnixFileMode(pausing, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return LineProcess.Start("/usr/bin/env", $"PATH={folder}:{Environment.GetEnvironmentVariable("PATH")}", Script, directory, Copy);
    }
}
