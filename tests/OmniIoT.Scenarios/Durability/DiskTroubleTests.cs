using System.Globalization;
using System.Net;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Scenarios.Durability;

/// <summary>A disk that takes nothing more stops the acknowledgements, never the process.</summary>
public sealed class DiskTroubleTests
{
    private const int Count = 5000;

    [Fact]
    public async Task A_full_disk_stops_acknowledgements_until_there_is_room_again()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(32);
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 2, disk.Path);
        await using Flood flood = Flood.Start(flooded.Plan(Count));

        await flood.ReachedAsync(1000);
        disk.Fill();
        await AssertHeldUpAsync(flooded, flood);

        disk.Free();
        await SeenAsync(flooded.Host, HttpStatusCode.OK);
        await flooded.AssertStoredOnceAsync(await flood.DoneAsync(), Count);
        await flooded.AssertAlarmsRaisedOnceAsync(Count);
    }

    [Fact]
    public async Task A_disk_that_became_read_only_stops_acknowledgements_and_a_start_on_the_mended_disk_goes_on()
    {
        using FailingDisk disk = FailingDisk.MountOrSkip(64);
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 2, disk.Path);
        await using Flood flood = Flood.Start(flooded.Plan(Count));

        await flood.ReachedAsync(1000);
        disk.Fail();
        await AssertHeldUpAsync(flooded, flood);

        int exitCode = await flooded.Host.StopAsync();
        Assert.True(exitCode == 0, flooded.Host.Output);
        disk.Repair();
        await flooded.RestartAsync();
        await SeenAsync(flooded.Host, HttpStatusCode.OK);
        await flooded.AssertStoredOnceAsync(await flood.DoneAsync(), Count);
        await flooded.AssertAlarmsRaisedOnceAsync(Count);
        // What was tried on the failing disk may lie behind its last commit in pieces, which the start cannot tell from damage.
        Assert.All(
            flooded.Host.Errors,
            error => Assert.Contains("or the disk failed while they were written", error, StringComparison.Ordinal)
        );
    }

    /// <summary>Commits fail, nothing is acknowledged meanwhile, and the process says so and lives.</summary>
    private static async Task AssertHeldUpAsync(FloodedHost flooded, Flood flood)
    {
        await SeenAsync(flooded.Host, HttpStatusCode.ServiceUnavailable);
        (int failures, int acknowledged) = (0, -1);
        await Awaited.Seen(StandStillAsync, "standstill of acknowledgements while commits fail");
        Assert.True(acknowledged < flooded.Fleet.Devices.Count * Count, "The flood was over before the disk took nothing more.");
        Assert.Equal(HttpStatusCode.OK, await flooded.Host.Api.StatusAsync(HttpMethod.Get, "/healthz"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await flooded.Host.Api.StatusAsync(HttpMethod.Get, "/readyz"));
        Assert.False(flooded.Host.HasExited);

        // A commit or two may still fit into what the database has already; then no more.
        async Task<object?> StandStillAsync()
        {
            int failed = await FailedCommitsAsync(flooded.Host);
            if (failed < failures + 3)
                return null;
            bool stands = flood.Acknowledged == acknowledged;
            (failures, acknowledged) = (failed, flood.Acknowledged);
            return stands ? flood : null;
        }
    }

    private static async Task<int> FailedCommitsAsync(HostProcess host)
    {
        const string Name = "omniiot_commit_failures_total ";
        string metrics = await host.Api.GetStringAsync("/metrics");
        string? line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        return line is null ? 0 : (int)double.Parse(line[Name.Length..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static Task<HostProcess> SeenAsync(HostProcess host, HttpStatusCode readiness) =>
        Awaited.Seen(
            async () => await host.Api.StatusAsync(HttpMethod.Get, "/readyz") == readiness ? host : null,
            $"{(int)readiness} from /readyz"
        );
}
