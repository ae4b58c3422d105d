using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Grains.Coordination;

/// <summary>
/// Merges customers and undoes it; when it returns, whatever comes next is judged by it. Carried through even if the caller leaves:
/// what is committed must also become known.
/// </summary>
public sealed class Merging(IGrains grains, ICatalog catalog, Talks talks, PushSubscriptions browsers)
{
    /// <summary>What was talked with each of them is one conversation from then on, also when they are unmerged.</summary>
    public async Task<Reply<Customer>> MergeAsync(string survivorId, MergeCustomer request)
    {
        Reply<Customer> reply = await MakeKnownAsync(await grains.Customer(survivorId).MergeAsync(request));
        if (reply.Rejection is not null)
            return reply;
        await talks.MakeOneAsync(survivorId, request.Actor);
        await browsers.ShareAsync(survivorId, CancellationToken.None);
        return reply;
    }

    public async Task<Reply<Customer>> UnmergeAsync(string survivorId, UnmergeCustomer request)
    {
        IReadOnlyList<string> together = catalog.Merges.MembersOf(survivorId);
        Reply<Customer> reply = await MakeKnownAsync(await grains.Customer(survivorId).UnmergeAsync(request));
        if (reply.Rejection is null)
            await browsers.ForgetAsync(together, CancellationToken.None);
        return reply;
    }

    private async Task<Reply<Customer>> MakeKnownAsync(Reply<Customer> reply)
    {
        if (reply.Rejection is null)
            await catalog.RefreshMergesAsync(CancellationToken.None);
        return reply;
    }
}
