using Orleans.Runtime;
using ClusterMember = OmniIoT.Storage.Postgres.ClusterMember;

namespace OmniIoT.Cluster.Postgres;

/// <summary>Who this process is in its cluster: what commits are fenced by from its joining on.</summary>
internal sealed class ClusterSeat(ILocalSiloDetails silo, string clusterId)
{
    private volatile ClusterMember? _member;

    /// <summary>Null until it joined; kept when it is given up, so that nothing can be committed any more.</summary>
    public ClusterMember? Member => _member;

    /// <summary>Names this run of the process; the same as <c>IProcesses.Own</c>.</summary>
    public string Name { get; } = silo.SiloAddress.ToParsableString();

    /// <summary>A silo stands in the table of members now.</summary>
    public void Joined(SiloAddress joined)
    {
        if (joined.Equals(silo.SiloAddress))
            _member = new(clusterId, joined.Endpoint.Address.ToString(), joined.Endpoint.Port, joined.Generation);
    }
}
