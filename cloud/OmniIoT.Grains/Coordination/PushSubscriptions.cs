using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Customers;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Coordination;

/// <summary>
/// Has every customer that a person was know the browsers of the person: which of them talks may change, and each may ask something.
/// </summary>
public sealed class PushSubscriptions(IGrains grains, IGrainStore states, ICatalog catalog) : IPushSubscriptions
{
    public async ValueTask<bool> SubscribeAsync(string customerId, PushSubscription subscription, CancellationToken cancellationToken)
    {
        bool isKnown = true;
        foreach (string member in catalog.Merges.MembersOf(customerId))
            isKnown &= (await grains.Customer(member).SubscribePushAsync(new SubscribePush(subscription))).Rejection is null;
        return isKnown;
    }

    public async ValueTask EndAsync(string customerId, string endpoint, CancellationToken cancellationToken)
    {
        foreach (string member in catalog.Merges.MembersOf(customerId))
            await grains.Customer(member).EndPushAsync(new EndPush(endpoint));
    }

    /// <summary>Makes the browsers of each known to all, after customers became one person.</summary>
    public async ValueTask ShareAsync(string customerId, CancellationToken cancellationToken)
    {
        foreach (PushSubscription browser in await BrowsersOfAsync(catalog.Merges.MembersOf(customerId), cancellationToken))
            await SubscribeAsync(customerId, browser, cancellationToken);
    }

    /// <summary>
    /// Forgets the browsers of customers who turned out not to be one person: whose each is says the browser, when it opens the chat again.
    /// </summary>
    public async ValueTask ForgetAsync(IReadOnlyList<string> customers, CancellationToken cancellationToken)
    {
        foreach (PushSubscription browser in await BrowsersOfAsync(customers, cancellationToken))
        foreach (string customer in customers)
            await grains.Customer(customer).EndPushAsync(new EndPush(browser.Endpoint));
    }

    private async ValueTask<IReadOnlyList<PushSubscription>> BrowsersOfAsync(
        IReadOnlyList<string> customers,
        CancellationToken cancellationToken
    ) => [.. (await states.MemoriesAsync(customers, cancellationToken)).SelectMany(static memory => memory.Push).Distinct()];
}
