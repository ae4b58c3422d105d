using OmniIoT.TestKit.Cluster;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>A cluster of three processes for all tests that leave it to be made whole again; each test has ids of its own.</summary>
public sealed class ThreeProcesses : IAsyncLifetime
{
    private ClusterOfHosts _cluster = null!;

    internal PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await PostgresServer.StartAsync();
        _cluster = await ClusterOfHosts.StartAsync(Server, new MemberLinks(), new MemberLinks(), new MemberLinks());
    }

    /// <summary>All three are there, whatever the last test did to them.</summary>
    internal async Task<ClusterOfHosts> WholeAsync()
    {
        await _cluster.MakeWholeAsync();
        foreach (ClusterMember member in _cluster.Members)
            member.ForgetErrors();
        return _cluster;
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        Server?.Dispose();
    }
}

/// <summary>The tests share the processes, one after the other.</summary>
[CollectionDefinition(nameof(ThreeProcesses))]
public sealed class ThreeProcessesCollection : ICollectionFixture<ThreeProcesses>;
