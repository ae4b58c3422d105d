using System.Net;
using OmniIoT.Scenarios.Durability;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>A process that only some of what it needs is cut off from.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class CutLinkTests(ThreeProcesses processes)
{
    private const int Count = 1000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_without_the_database_acknowledges_nothing_and_goes_on_once_it_has_it_again(bool silently)
    {
        await using CuttableLink link = new(processes.Server.Port);
        await using ClusterOfHosts cluster = await ClusterOfHosts.StartAsync(
            processes.Server,
            new MemberLinks(),
            new MemberLinks(Database: new(IPAddress.Loopback, link.Port))
        );
        FloodFleet fleet = await FloodFleet.RegisterAsync(cluster[0].Api, devices: 4);
        await using Flood flood = Flood.Start(cluster.Plan(fleet, Count));

        await flood.ReachedAsync(Count);
        if (silently)
            link.FallSilent();
        else
            link.Cut();
        await cluster[1].IsNotReadyAsync();
        link.Cut();
        link.Mend();
        await cluster[1].IsReadyAsync();
        ILookup<string, int> record = await flood.DoneAsync();

        await fleet.AssertStoredOnceAsync(cluster[1].Api, record, Count);
        await fleet.AssertAlarmsRaisedOnceAsync(cluster[1].Api, Count);
        Assert.All(cluster.Members, member => Assert.False(member.Host.HasExited, member.Host.Output));
    }

    /// <summary>
    /// It still serves devices, and still reaches the database and the others: whether they give it up is theirs to decide.
    /// </summary>
    [Fact]
    public async Task Nothing_is_lost_or_doubled_while_the_others_cannot_reach_a_process()
    {
        IPEndPoint reachedAt = new(IPAddress.Parse("127.0.0.2"), FreePort.Find());
        await using CuttableLink link = new(reachedAt.Port, reachedAt);
        await using ClusterOfHosts cluster = await ClusterOfHosts.StartAsync(
            processes.Server,
            new MemberLinks(),
            new MemberLinks(),
            new MemberLinks(Silo: reachedAt)
        );
        FloodFleet fleet = await FloodFleet.RegisterAsync(cluster[0].Api, devices: 6);
        await using Flood flood = Flood.Start(cluster.Plan(fleet, Count));

        await flood.ReachedAsync(Count);
        link.Cut();
        ILookup<string, int> record = await flood.DoneAsync();

        await fleet.AssertStoredOnceAsync(cluster[0].Api, record, Count);
        await fleet.AssertAlarmsRaisedOnceAsync(cluster[0].Api, Count);
        cluster[0].HasNoErrors();
        cluster[1].HasNoErrors();
    }
}
