using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Grains.Coordination;

/// <summary>Hands browsers of a person to who has the conversation with them.</summary>
public sealed class PushSubscriptions(Talks talks) : IPushSubscriptions
{
    public async ValueTask<bool> SubscribeAsync(string customerId, PushSubscription subscription, CancellationToken cancellationToken)
    {
        SubscribePush request = new(subscription);
        return (await (await talks.TalkerAsync(customerId, cancellationToken)).SubscribePushAsync(request)).Rejection is null;
    }

    public async ValueTask EndAsync(string customerId, string endpoint, CancellationToken cancellationToken) =>
        await (await talks.TalkerAsync(customerId, cancellationToken)).EndPushAsync(new EndPush(endpoint));
}
