using OmniIoT.Devices.Time;

namespace OmniIoT.Ports.Cluster;

/// <summary>How a process stands in its cluster.</summary>
public enum ProcessState
{
    Active,
    Joining,
    Leaving,
    Lost,
}

/// <summary>A process of the cluster as people see it.</summary>
public sealed record ClusterProcess
{
    /// <summary>The name of this run of it.</summary>
    public required string Id { get; init; }

    /// <summary>Host and port that the others reach it by.</summary>
    public required string Address { get; init; }

    /// <summary>Of the program; null when it did not answer.</summary>
    public required string? Version { get; init; }

    public required ProcessState State { get; init; }

    public required Instant StartedAt { get; init; }

    /// <summary>When the others gave it up; null while it is there.</summary>
    public required Instant? LostAt { get; init; }

    /// <summary>Signed in over MQTT; 0 when it did not answer, as the following.</summary>
    public required long Connections { get; init; }

    public required long Grains { get; init; }

    public required double MessagesPerSecond { get; init; }
}

/// <summary>What is known of the cluster.</summary>
public interface IClusterQueries
{
    /// <summary>Names the cluster.</summary>
    string Id { get; }

    /// <summary>All processes that are there, and those lost within the last ten minutes, by their addresses.</summary>
    /// <exception cref="Commit.StorageUnavailableException">The table of the processes cannot be read.</exception>
    ValueTask<IReadOnlyList<ClusterProcess>> ProcessesAsync(CancellationToken cancellationToken);
}
