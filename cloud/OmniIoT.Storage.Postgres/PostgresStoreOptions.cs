using OmniIoT.Ports.Security;

namespace OmniIoT.Storage.Postgres;

/// <summary>Where the clustered store keeps its data, and who writes.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>
    /// Npgsql's, of a database that is there already, as a user who may create tables in it. Any encoding that has all characters
    /// (UTF8), any collation.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>The key that kept secrets are sealed with: <see cref="SecretSealer.KeyBytes"/> bytes, the same in every process.</summary>
    public required byte[] Key { get; init; }

    /// <summary>Connections of this process at once, the committer's among them. Default 20.</summary>
    public int MaxConnections { get; init; } = 20;

    /// <summary>Changes kept for watchers that come back. Default 100,000.</summary>
    public int KeptChanges { get; init; } = 100_000;

    /// <summary>
    /// Names the telemetry that this process stages; two that write at once have different ones. Default <c>main</c>.
    /// </summary>
    public string Lane { get; init; } = "main";

    /// <summary>
    /// Who this process is in its cluster, asked before every commit: once the cluster gave it up, it commits nothing. Null, or a
    /// null answer: it is alone, or not yet a member.
    /// </summary>
    public Func<ClusterMember?>? Member { get; init; }
}
