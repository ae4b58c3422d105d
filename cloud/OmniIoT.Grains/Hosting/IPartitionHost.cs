using OmniIoT.Domain;

namespace OmniIoT.Grains.Hosting;

/// <summary>
/// Which process runs a grain's partition is this port's business: the embedded host runs them all here.
/// </summary>
public interface IPartitionHost
{
    /// <summary>
    /// Asks a grain and returns its answer once all it caused is durable.
    /// </summary>
    /// <exception cref="Ports.StorageUnavailableException">Storage cannot write now: nothing happened.</exception>
    Task<Reply<T>> AskAsync<T>(GrainId grain, GrainRequest<T> request, CancellationToken cancellationToken);
}

/// <summary>Reads twins from committed snapshots.</summary>
public interface ITwinQueries
{
    /// <summary>Null when the device is not registered.</summary>
    ValueTask<TwinView?> FindAsync(string deviceId, CancellationToken cancellationToken);
}

/// <summary>Tells the running parts that a document no grain owns (model, site, fence, beacon, campaign) was committed.</summary>
public interface ICatalog
{
    /// <summary>
    /// Rebuilds what is derived from documents (compiled models, fence index, campaigns). When it returns, whatever message
    /// arrives next is judged by the new state.
    /// </summary>
    ValueTask RefreshAsync(DocumentKind kind, string id, CancellationToken cancellationToken);

    /// <summary>Which customers are one person, as of the last refresh.</summary>
    Merges Merges { get; }

    /// <summary>Makes known that customers were merged or unmerged.</summary>
    ValueTask RefreshMergesAsync(CancellationToken cancellationToken);
}
