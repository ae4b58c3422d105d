using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Scenarios.Durability;

/// <summary>The host's commands <c>backup</c> and <c>restore</c>, as docs/operate.md tells people to use them.</summary>
[SupportedOSPlatform("linux")]
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static string Host { get; } = Repository.Program("cloud", "OmniIoT.Host");

    private string Backups => Path.Combine(_directory.Path, "backups");

    private string Restored => Path.Combine(_directory.Path, "restored");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_backup_made_in_mid_flood_has_all_that_was_acknowledged_before_it_and_a_host_goes_on_from_there()
    {
        const int Count = 8000;
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 3);
        await using Flood flood = Flood.Start(flooded.Plan(Count));
        await flood.ReachedAsync(Count / 4);

        ILookup<string, int> before = flood.Record();
        await BackUpAsync(flooded.Host.DataDirectory);
        Assert.True(flood.Acknowledged < 3 * Count, "The flood was over before the backup was made.");
        await RestoreAsync(Restored);

        await using HostProcess restored = await HostProcess.StartAsync(Restored);
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
    public async Task What_has_not_changed_is_not_copied_again_and_the_newest_backup_is_restored()
    {
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 1);
        FloodDevice device = flooded.Fleet.Devices[0];
        await ReportAsync(flooded.Host, device, 1, "2020-05-01T00:00:00Z");
        Assert.Equal([1], await NumbersAsync(flooded.Host, device));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(flooded.Host.DataDirectory, "telemetry"), "telemetry-2020-05.db*"))
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Contains("0 unchanged", await BackUpAsync(flooded.Host.DataDirectory), StringComparison.Ordinal);

        await ReportAsync(flooded.Host, device, 2);
        Assert.Equal([1, 2], await NumbersAsync(flooded.Host, device));
        Assert.Contains("1 unchanged", await BackUpAsync(flooded.Host.DataDirectory), StringComparison.Ordinal);

        await RestoreAsync(Restored);
        await using HostProcess restored = await HostProcess.StartAsync(Restored);
        Assert.Equal([1, 2], await NumbersAsync(restored, device));
    }

    [Fact]
    public async Task A_backup_that_was_killed_is_never_taken_for_a_whole_one()
    {
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 1);
        string key = Path.Combine(flooded.Host.DataDirectory, "secrets.key");
        byte[] content = await File.ReadAllBytesAsync(key);
        File.Delete(key);
        AwaitedFile awaited = await AwaitedFile.CreateAsync(key);
        await using (LineProcess backup = Start("backup", Backups, flooded.Host.DataDirectory))
        {
            // All but the key is copied.
            await using StreamWriter writer = await awaited.OpenedAsync();
            await backup.KillAsync();
        }
        File.Delete(key);
        await File.WriteAllBytesAsync(key, content);
        Assert.NotNull(Unfinished());

        (int exitCode, string said) = await RunAsync("restore", Backups, Restored);

        Assert.Equal((2, false), (exitCode, Directory.Exists(Restored)));
        Assert.Contains("holds no backup that was made whole", said, StringComparison.Ordinal);
        await BackUpAsync(flooded.Host.DataDirectory);
        Assert.Null(Unfinished());
        await RestoreAsync(Restored);
        Assert.Equal(1, await DeviceCountAsync(Restored));
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_what_was_there_stays()
    {
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 1);
        await BackUpAsync(flooded.Host.DataDirectory);
        string database = Path.Combine(Finished()!, "omniiot.db");
        byte[] bytes = await File.ReadAllBytesAsync(database);
        bytes[^100]++;
        await File.WriteAllBytesAsync(database, bytes);

        (int exitCode, string said) = await RunAsync("restore", Backups, Restored);

        Assert.Equal(2, exitCode);
        Assert.Contains("omniiot.db is not what was backed up", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Restored));
    }

    [Fact]
    public async Task A_restore_overwrites_nothing_unless_it_is_told_to_and_killed_leaves_the_old()
    {
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 2);
        await BackUpAsync(flooded.Host.DataDirectory);
        Directory.CreateDirectory(Restored);
        await using (HostProcess old = await HostProcess.StartAsync(Restored))
        {
            (_, string inUse) = await RunAsync("restore", Backups, Restored, "--force");
            Assert.Contains("is in use by", inUse, StringComparison.Ordinal);
            await old.StopAsync();
        }
        (int exitCode, string said) = await RunAsync("restore", Backups, Restored);
        Assert.Equal(2, exitCode);
        Assert.Contains("holds something already", said, StringComparison.Ordinal);

        string key = Path.Combine(Finished()!, "secrets.key");
        byte[] content = await File.ReadAllBytesAsync(key);
        File.Delete(key);
        AwaitedFile awaited = await AwaitedFile.CreateAsync(key);
        await using (LineProcess killed = Start("restore", Backups, Restored, "--force"))
        {
            await using StreamWriter writer = await awaited.OpenedAsync();
            await killed.KillAsync();
        }
        Assert.True(Directory.Exists(Restored + ".restoring"));
        Assert.Equal(0, await DeviceCountAsync(Restored));

        File.Delete(key);
        await File.WriteAllBytesAsync(key, content);
        await RestoreAsync(Restored, "--force");
        Assert.Equal(2, await DeviceCountAsync(Restored));
        Assert.False(Directory.Exists(Restored + ".restoring"));
    }

    [Fact]
    public async Task A_data_directory_that_is_a_mount_is_filled_in_place_and_no_host_starts_on_half_of_it()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(mebibytes: 64);
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 2);
        await BackUpAsync(flooded.Host.DataDirectory);

        await RestoreAsync(disk.Path);
        Assert.Equal(2, await DeviceCountAsync(disk.Path));

        await File.WriteAllTextAsync(Path.Combine(disk.Path, "restore.unfinished"), "");
        (int exitCode, string said) = await HostProcess.StartToFailAsync(disk.Path);
        Assert.Equal(2, exitCode);
        Assert.Contains("a restore into it was cut off", said, StringComparison.Ordinal);
        await RestoreAsync(disk.Path, "--force");
        Assert.Equal(2, await DeviceCountAsync(disk.Path));
    }

    [Fact]
    public async Task Nobody_starts_on_a_backup_and_only_embedded_storage_is_backed_up()
    {
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 1);
        await BackUpAsync(flooded.Host.DataDirectory);

        (int exitCode, string said) = await HostProcess.StartToFailAsync(Finished()!);
        Assert.Equal(2, exitCode);
        Assert.Contains("it is a backup", said, StringComparison.Ordinal);
        (_, string cluster) = await RunAsync(
            "backup",
            Backups,
            flooded.Host.DataDirectory,
            "--OmniIoT:Cluster:Postgres=Host=127.0.0.1",
            $"--OmniIoT:Cluster:Key={Convert.ToBase64String(new byte[32])}"
        );
        Assert.Contains("for the embedded store", cluster, StringComparison.Ordinal);
    }

    private static Task ReportAsync(HostProcess host, FloodDevice device, int number, string? at = null) =>
        new MosquittoClient(host.MqttPort, device.Id, device.Secret).PublishAsync(
            $"devices/{device.Id}/telemetry",
            $$"""{ {{(at is null ? "" : $"\"ts\": \"{at}\", ")}}"seq": {{number}}, "values": { "number": {{number}} } }"""
        );

    private static async Task<IReadOnlyList<int>> NumbersAsync(HostProcess host, FloodDevice device)
    {
        IReadOnlyList<JsonNode> readings = await host.Api.ListAsync($"devices/{device.Id}/telemetry/raw?metric=number&limit=10000");
        return [.. readings.Select(reading => (int)reading["value"]!)];
    }

    private static async Task<int> DeviceCountAsync(string directory)
    {
        await using HostProcess host = await HostProcess.StartAsync(directory);
        int count = (await host.Api.ListAsync("devices")).Count;
        Assert.Empty(host.Errors);
        await host.StopAsync();
        return count;
    }

    private static LineProcess Start(string verb, string folder, string data, params string[] more) =>
        LineProcess.Start("dotnet", [Host, verb, folder, $"--OmniIoT:Data:Directory={data}", .. more]);

    private static async Task<(int ExitCode, string Said)> RunAsync(string verb, string folder, string data, params string[] more)
    {
        await using LineProcess process = Start(verb, folder, data, more);
        int exitCode = await process.ExitAsync(verb);
        return (exitCode, string.Join('\n', process.Lines));
    }

    private string? Unfinished() =>
        Directory.Exists(Backups) ? Directory.EnumerateDirectories(Backups, "*.unfinished").FirstOrDefault() : null;

    private string? Finished() =>
        Directory.Exists(Backups)
            ? Directory.EnumerateDirectories(Backups).FirstOrDefault(path => !path.EndsWith(".unfinished", StringComparison.Ordinal))
            : null;

    private async Task<string> BackUpAsync(string directory)
    {
        (int exitCode, string said) = await RunAsync("backup", Backups, directory);
        Assert.True(exitCode == 0, said);
        return said;
    }

    private async Task RestoreAsync(string directory, params string[] more)
    {
        (int exitCode, string said) = await RunAsync("restore", Backups, directory, more);
        Assert.True(exitCode == 0, said);
    }
}
