using OmniIoT.Domain.Delivery;

namespace OmniIoT.Ports.Queries;

public interface IOutboxQueries
{
    /// <summary>What still waits to be handed over, oldest first, after <paramref name="afterId"/>.</summary>
    ValueTask<IReadOnlyList<Downlink>> PendingAsync(string? afterId, int limit, CancellationToken cancellationToken);
}
