using OmniIoT.Domain.Delivery;

namespace OmniIoT.Ports.Queries;

public interface IDeadLetterQueries
{
    /// <summary>Newest first.</summary>
    ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken);
}
