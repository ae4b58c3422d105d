using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Grains.Coordination;

/// <summary>
/// Hands browsers of a person to who has the conversation with them. Which of a merged person's grains that is may change, so that one is
/// ended with all of them.
/// </summary>
public sealed class PushSubscriptions(IGrains grains, Talks talks, ICatalog catalog) : IPushSubscriptions
{
    public async ValueTask<bool> SubscribeAsync(string customerId, PushSubscription subscription, CancellationToken cancellationToken)
    {
        SubscribePush request = new(subscription);
        return (await (await talks.TalkerAsync(customerId, cancellationToken)).SubscribePushAsync(request)).Rejection is null;
    }

    public async ValueTask EndAsync(string customerId, string endpoint, CancellationToken cancellationToken)
    {
        foreach (string member in catalog.Merges.MembersOf(customerId))
            await grains.Customer(member).EndPushAsync(new EndPush(endpoint));
    }
}
