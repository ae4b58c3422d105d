using System.Net;
using OmniIoT.Scenarios.Durability;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>While the database is away for all, nothing is acknowledged, nobody is given up and nobody ends.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class DatabaseTroubleTests(ThreeProcesses processes)
{
    /// <summary>Set to have the database away for a minute.</summary>
    private const string LongOutage = "OMNIIOT_LONG_OUTAGE";

    private const int Count = 1500;

    private static TimeSpan Outage => TimeSpan.FromSeconds(Environment.GetEnvironmentVariable(LongOutage) == "1" ? 60 : 20);

    [Fact]
    public async Task A_database_that_is_killed_and_is_back_at_once_loses_nothing_and_ends_nobody()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        FloodFleet fleet = await FloodFleet.RegisterAsync(cluster[0].Api, devices: 6, "without");
        await using Flood flood = Flood.Start(cluster.Plan(fleet, Count));

        await flood.ReachedAsync(Count);
        await processes.Server.KillAsync();
        AssertGoesOn(flood, fleet);
        await processes.Server.StartAgainAsync();

        await AssertRecoveredAsync(cluster, fleet, flood);
    }

    [Fact]
    public async Task A_database_that_is_away_for_longer_stops_acknowledgements_until_it_is_back_and_ends_nobody()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        FloodFleet fleet = await FloodFleet.RegisterAsync(cluster[0].Api, devices: 6, "away");
        await using Flood flood = Flood.Start(cluster.Plan(fleet, Count));

        await flood.ReachedAsync(Count);
        await processes.Server.CrashAsync();
        foreach (ClusterMember member in cluster.Members)
            await member.IsNotReadyAsync();
        int acknowledged = await StandsStillAsync(flood);
        AssertGoesOn(flood, fleet);
        await HoldsAsync(async () =>
        {
            foreach (ClusterMember member in cluster.Members)
            {
                Assert.False(member.Host.HasExited, member.Host.Output);
                Assert.Equal(HttpStatusCode.OK, await member.Api.StatusAsync(HttpMethod.Get, "/healthz"));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, await member.Api.StatusAsync(HttpMethod.Get, "/readyz"));
            }
            Assert.Equal(acknowledged, flood.Acknowledged);
        });
        await processes.Server.StartAgainAsync();

        await AssertRecoveredAsync(cluster, fleet, flood);
    }

    /// <summary>How many are acknowledged once the client has read what was answered before.</summary>
    private static async Task<int> StandsStillAsync(Flood flood)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1), TimeProvider.System);
        int before;
        do
        {
            before = flood.Acknowledged;
            await timer.WaitForNextTickAsync();
        } while (flood.Acknowledged != before);
        return before;
    }

    /// <summary>Looks each second of the outage.</summary>
    private static async Task HoldsAsync(Func<Task> look)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1), TimeProvider.System);
        for (int second = 0; second < Outage.TotalSeconds; second++)
        {
            await look();
            await timer.WaitForNextTickAsync();
        }
    }

    private static void AssertGoesOn(Flood flood, FloodFleet fleet) =>
        Assert.True(flood.Acknowledged < fleet.Devices.Count * Count, "The flood was over before the database was away.");

    private static async Task AssertRecoveredAsync(ClusterOfHosts cluster, FloodFleet fleet, Flood flood)
    {
        foreach (ClusterMember member in cluster.Members)
        {
            await member.IsReadyAsync();
            await member.SeesActiveAsync(cluster.Members.Count);
        }
        ILookup<string, int> record = await flood.DoneAsync();
        await fleet.AssertStoredOnceAsync(cluster[0].Api, record, Count);
        await fleet.AssertAlarmsRaisedOnceAsync(cluster[0].Api, Count);
        Assert.All(cluster.Members, member => Assert.False(member.Host.HasExited, member.Host.Output));
    }
}
