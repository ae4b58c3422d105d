using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Domain.Customers;

// Browsers of the customer that may be told things.
public sealed partial class CustomerDecider
{
    public Reply<bool> Handle(SubscribePush request)
    {
        IEnumerable<PushSubscription> others = OthersThan(request.Subscription.Endpoint);
        state.Facts = state.Facts with
        {
            Push = [.. others.TakeLast(PushSubscription.Most - 1), request.Subscription],
            // Browsers are reached again, whatever came back before.
            Bounced = [.. state.Facts.Bounced.Where(static address => address.Type != ChannelKinds.Push)],
        };
        return true;
    }

    public Reply<bool> Handle(EndPush request)
    {
        PushSubscription[] left = [.. OthersThan(request.Endpoint)];
        bool isNews = left.Length < state.Facts.Push.Count;
        if (isNews)
            state.Facts = state.Facts with { Push = left };
        return isNews;
    }

    private IEnumerable<PushSubscription> OthersThan(string endpoint) => state.Facts.Push.Where(known => known.Endpoint != endpoint);
}
