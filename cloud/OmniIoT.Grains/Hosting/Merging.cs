using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Hosting;

/// <summary>Merges customers and undoes it; when it returns, whatever comes next is judged by it.</summary>
public sealed class Merging(IPartitionHost host, ICatalog catalog)
{
    public Task<Reply<Customer>> MergeAsync(string survivorId, MergeCustomer request) => AskAsync(survivorId, request);

    public Task<Reply<Customer>> UnmergeAsync(string survivorId, UnmergeCustomer request) => AskAsync(survivorId, request);

    /// <summary>Carried through even if the caller leaves: what is committed must also become known.</summary>
    private async Task<Reply<Customer>> AskAsync(string survivorId, GrainRequest<Customer> request)
    {
        Reply<Customer> reply = await host.AskAsync(EntityId.Customer(survivorId), request, CancellationToken.None);
        if (reply.Rejection is null) await catalog.RefreshMergesAsync(CancellationToken.None);
        return reply;
    }
}
