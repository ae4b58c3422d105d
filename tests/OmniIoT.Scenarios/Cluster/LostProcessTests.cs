using Npgsql;
using OmniIoT.Scenarios.Durability;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>Whatever process ends or hangs, nothing acknowledged is lost or doubled, judged by a third party's own record.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class LostProcessTests(ThreeProcesses processes)
{
    private const int Count = 1500;

    [Fact]
    public async Task A_process_that_is_killed_in_mid_flood_is_done_without()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        FloodFleet fleet = await FloodFleet.RegisterAsync(cluster[0].Api, devices: 6, "killed");
        await using Flood flood = Flood.Start(cluster.Plan(fleet, Count));

        await flood.ReachedAsync(Count);
        await cluster[1].Host.KillAsync();
        AssertGoesOn(flood, fleet);
        await cluster[0].SeesActiveAsync(2);
        await cluster[2].SeesActiveAsync(2);
        ILookup<string, int> record = await flood.DoneAsync();

        await cluster[0].IsReadyAsync();
        await cluster[2].IsReadyAsync();
        await AssertAllOnceAsync(fleet, cluster[2], record);
        cluster[0].HasNoErrors();
        cluster[2].HasNoErrors();
    }

    [Fact]
    public async Task A_process_that_hung_and_was_given_up_commits_nothing_any_more_and_ends_with_70()
    {
        const int Expelled = 70;
        ClusterOfHosts cluster = await processes.WholeAsync();
        FloodFleet fleet = await FloodFleet.RegisterAsync(cluster[0].Api, devices: 6, "hung");
        HostProcess hung = cluster[2].Host;
        await using Flood flood = Flood.Start(cluster.Plan(fleet, Count));

        await flood.ReachedAsync(Count);
        await hung.HangAsync();
        AssertGoesOn(flood, fleet);
        await cluster[0].SeesActiveAsync(2);
        await cluster[1].SeesActiveAsync(2);
        long position = LastPositionOf(cluster, hung);
        await hung.GoOnAsync();
        Assert.True(await hung.ExitAsync() == Expelled, hung.Output);
        ILookup<string, int> record = await flood.DoneAsync();

        await AssertAllOnceAsync(fleet, cluster[0], record);
        Assert.Equal(position, LastPositionOf(cluster, hung));
        cluster[0].HasNoErrors();
        cluster[1].HasNoErrors();
    }

    [Fact]
    public async Task A_process_that_stands_still_for_a_second_as_for_a_garbage_collection_is_not_given_up()
    {
        const int Stops = 4;
        ClusterOfHosts cluster = await processes.WholeAsync();
        FloodFleet fleet = await FloodFleet.RegisterAsync(cluster[0].Api, devices: 6, "paused");
        await using Flood flood = Flood.Start(cluster.Plan(fleet, Count));

        for (int stop = 1; stop <= Stops; stop++)
        {
            await flood.ReachedAsync(Count * stop);
            await cluster[1].Host.HangAsync();
            // No wait for anything: how long it stands is what is tested.
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            await cluster[1].Host.GoOnAsync();
        }
        AssertGoesOn(flood, fleet);
        ILookup<string, int> record = await flood.DoneAsync();

        await AssertAllOnceAsync(fleet, cluster[1], record);
        foreach (ClusterMember member in cluster.Members)
        {
            await member.SeesActiveAsync(cluster.Members.Count);
            member.HasNoErrors();
        }
    }

    [Fact]
    public async Task A_restart_of_one_after_the_other_under_flood_is_clean_and_told_to_the_devices()
    {
        const int ServerShuttingDown = 0x8B;
        ClusterOfHosts cluster = await processes.WholeAsync();
        foreach (ClusterMember member in cluster.Members)
        {
            FloodFleet fleet = await FloodFleet.RegisterAsync(cluster[0].Api, devices: 6, $"rolled-{member.Host.SiloPort}");
            await using Flood flood = Flood.Start(cluster.Plan(fleet, Count));
            await flood.ReachedAsync(Count);
            AssertGoesOn(flood, fleet);
            Assert.True(await member.Host.StopAsync() == 0, member.Host.Output);
            member.HasNoErrors();
            ILookup<string, int> record = await flood.DoneAsync();

            await cluster.MakeWholeAsync();
            await AssertAllOnceAsync(fleet, cluster[0], record);
            Assert.NotEmpty(flood.Told);
            Assert.All(flood.Told, reason => Assert.Equal(ServerShuttingDown, reason));
        }
    }

    private static void AssertGoesOn(Flood flood, FloodFleet fleet) =>
        Assert.True(flood.Acknowledged < fleet.Devices.Count * Count, "The flood was over before its end was to be disturbed.");

    private static async Task AssertAllOnceAsync(FloodFleet fleet, ClusterMember asked, ILookup<string, int> record)
    {
        await fleet.AssertStoredOnceAsync(asked.Api, record, Count);
        await fleet.AssertAlarmsRaisedOnceAsync(asked.Api, Count);
    }

    /// <summary>Of what the process staged: it rises with each of its commits that carries readings; 0 when there was none yet.</summary>
    private static long LastPositionOf(ClusterOfHosts cluster, HostProcess process)
    {
        using NpgsqlConnection connection = new(cluster.Database + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new($"SELECT last FROM lanes WHERE name LIKE '127.0.0.1:{process.SiloPort}@%'", connection);
        return command.ExecuteScalar() as long? ?? 0;
    }
}
