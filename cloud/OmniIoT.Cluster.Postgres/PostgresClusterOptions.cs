using OmniIoT.Ports.Security;

namespace OmniIoT.Cluster.Postgres;

/// <summary>Where the processes of a cluster meet and keep all they have.</summary>
public sealed record PostgresClusterOptions
{
    /// <summary>The least that <see cref="MaxConnections"/> may be.</summary>
    public const int LeastConnections = 6;

    /// <summary>Npgsql's, of a database that is there already, as a user who may create tables in it.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The key that kept secrets are sealed with: <see cref="SecretSealer.KeyBytes"/> bytes, the same in every process.</summary>
    public required byte[] Key { get; init; }

    /// <summary>Names the cluster.</summary>
    public string Id { get; init; } = "omniiot";

    /// <summary>Connections of this process at once, for all it does: <see cref="LeastConnections"/> or more. Default 20.</summary>
    public int MaxConnections { get; init; } = 20;

    /// <summary>How long readings are kept; null: the telemetry store's default.</summary>
    public TimeSpan? TelemetryRetention { get; init; }

    /// <summary>Who belongs to the cluster is read and written by one, beside a vote.</summary>
    internal const int MemberConnections = 2;

    internal int TelemetryConnections => Math.Max(2, MaxConnections / 4);

    internal int StoreConnections => MaxConnections - MemberConnections - TelemetryConnections;
}
