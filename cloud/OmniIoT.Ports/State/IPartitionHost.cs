using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Ports.State;

/// <summary>
/// Which process runs a grain's partition is this port's business: the embedded host runs them all here.
/// </summary>
public interface IPartitionHost
{
    /// <summary>
    /// Asks a grain and returns its answer once all it caused is durable.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Storage cannot write now: nothing happened.</exception>
    Task<Reply<T>> AskAsync<T>(EntityId grain, GrainRequest<T> request, CancellationToken cancellationToken);
}
