using System.Net;
using OmniIoT.Scenarios.Durability;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>Processes on machines of their own, whose network falls apart.</summary>
public sealed class SplitNetworkTests
{
    private const int Expelled = 70;
    private const int Count = 1000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_of_two_parted_processes_is_given_up_and_nothing_is_lost_or_doubled(bool oneWay)
    {
        using SplitNetwork network = SplitNetwork.MakeOrSkip(machines: 2);
        using PostgresServer server = await PostgresServer.StartAsync();
        IPEndPoint reachedAt = new(network.Here, FreePort.Find());
        await using CuttableLink database = new(server.Port, reachedAt);
        await using ClusterOfHosts cluster = await ClusterOfHosts.StartAsync(
            server,
            network.Machines.Select(machine => new MemberLinks(Database: reachedAt, Machine: machine))
        );
        FloodFleet fleet = await FloodFleet.RegisterAsync(cluster[0].Api, devices: 6);
        await using Flood flood = Flood.Start(cluster.Plan(fleet, Count));

        await flood.ReachedAsync(Count);
        if (oneWay)
            network.CutOneWay();
        else
            network.Cut();
        ClusterMember lost = await Awaited.Seen(
            () => Task.FromResult(cluster.Members.FirstOrDefault(member => member.Host.HasExited)),
            "end of one of the two"
        );
        Assert.Equal(Expelled, await lost.Host.ExitAsync());
        ILookup<string, int> record = await flood.DoneAsync();
        ClusterMember left = Assert.Single(cluster.Members, member => !member.Host.HasExited);
        await fleet.AssertStoredOnceAsync(left.Api, record, Count);

        network.Mend();
        await cluster.MakeWholeAsync();
        await fleet.AssertStoredOnceAsync(lost.Api, record, Count);
        await fleet.AssertAlarmsRaisedOnceAsync(lost.Api, Count);
        Assert.Empty(left.Errors);
    }
}
