using System.Net;

namespace OmniIoT.Host;

/// <summary>The cluster that the process joins.</summary>
internal sealed record ClusterSettings
{
    /// <summary><c>OmniIoT:Cluster:Postgres</c>, a connection string.</summary>
    public required string Postgres { get; init; }

    /// <summary><c>OmniIoT:Cluster:Key</c>, 32 bytes.</summary>
    public required byte[] Key { get; init; }

    /// <summary><c>OmniIoT:Cluster:Id</c>.</summary>
    public string Id { get; init; } = "omniiot";

    /// <summary><c>OmniIoT:Cluster:SiloPort</c>; 0 picks a free one.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>
    /// <c>OmniIoT:Cluster:Advertise</c>: the address that other processes reach this one by; null: that of <c>OmniIoT:Bind</c>.
    /// </summary>
    public IPAddress? Advertise { get; init; }

    /// <summary><c>OmniIoT:Cluster:MaxConnections</c> to the database, of this process.</summary>
    public int MaxConnections { get; init; } = 20;
}
