using OmniIoT.Scenarios.Durability;
using OmniIoT.TestKit.Cluster;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>Processes of one cluster, each the whole platform, and the database that they share.</summary>
internal sealed class ClusterOfHosts : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private ClusterOfHosts(PostgresServer server, IEnumerable<MemberLinks> links)
    {
        _server = server;
        Database = server.CreateDatabase();
        Members = [.. links.Select(link => new ClusterMember(Database, link))];
    }

    public IReadOnlyList<ClusterMember> Members { get; }

    public ClusterMember this[int index] => Members[index];

    /// <summary>A connection string.</summary>
    public string Database { get; }

    /// <summary>All start at once, on an empty database: one of them makes the tables.</summary>
    public static async Task<ClusterOfHosts> StartAsync(PostgresServer server, params IEnumerable<MemberLinks> links)
    {
        ClusterOfHosts cluster = new(server, links);
        try
        {
            await Task.WhenAll(cluster.Members.Select(member => member.StartAsync()));
            await cluster.SeesAllAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts those again that ended, and returns once all see all.</summary>
    public async Task MakeWholeAsync()
    {
        await Task.WhenAll(Members.Where(member => member.Host.HasExited).Select(member => member.StartAsync()));
        await SeesAllAsync();
    }

    /// <summary>A flood over all processes; a device that is not answered for 5 to 10 s goes on to the next.</summary>
    public FloodPlan Plan(FloodFleet fleet, int count) =>
        new([.. Members.Select(member => member.Mqtt)], fleet.Devices, count) { KeepAliveSeconds = 5 };

    public async ValueTask DisposeAsync()
    {
        foreach (ClusterMember member in Members)
            await member.DisposeAsync();
        _server.DropDatabase(Database);
    }

    private async Task SeesAllAsync()
    {
        foreach (ClusterMember member in Members)
        {
            await member.SeesActiveAsync(Members.Count);
            await member.IsReadyAsync();
        }
    }
}
