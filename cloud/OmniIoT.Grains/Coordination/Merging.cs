using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Grains.Coordination;

/// <summary>
/// Merges customers and undoes it; when it returns, whatever comes next is judged by it. Carried through even if the caller leaves:
/// what is committed must also become known.
/// </summary>
public sealed class Merging(IGrains grains, ICatalog catalog)
{
    public async Task<Reply<Customer>> MergeAsync(string survivorId, MergeCustomer request) =>
        await MakeKnownAsync(await grains.Customer(survivorId).MergeAsync(request));

    public async Task<Reply<Customer>> UnmergeAsync(string survivorId, UnmergeCustomer request) =>
        await MakeKnownAsync(await grains.Customer(survivorId).UnmergeAsync(request));

    private async Task<Reply<Customer>> MakeKnownAsync(Reply<Customer> reply)
    {
        if (reply.Rejection is null)
            await catalog.RefreshMergesAsync(CancellationToken.None);
        return reply;
    }
}
