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
/// <param name="Id">The name of this run of it.</param>
/// <param name="Address">Host and port that the others reach it by.</param>
/// <param name="Version">Of the program; null when it did not answer.</param>
/// <param name="LostAt">When the others gave it up; null while it is there.</param>
/// <param name="Connections">Signed in over MQTT; 0 when it did not answer, as the following.</param>
public sealed record ClusterProcess(
    string Id,
    string Address,
    string? Version,
    ProcessState State,
    Instant StartedAt,
    Instant? LostAt,
    long Connections,
    long Grains,
    double MessagesPerSecond
);

/// <summary>What is known of the cluster.</summary>
public interface IClusterQueries
{
    /// <summary>Names the cluster.</summary>
    string Id { get; }

    /// <summary>All processes that are there, and those lost within the last ten minutes, by their addresses.</summary>
    /// <exception cref="Commit.StorageUnavailableException">The table of the processes cannot be read.</exception>
    ValueTask<IReadOnlyList<ClusterProcess>> ProcessesAsync(CancellationToken cancellationToken);
}
