using OmniIoT.Devices;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;

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

    /// <summary>
    /// Has the browsers of who let themselves be told things say that there is news in the chat: its page may be closed.
    /// </summary>
    private void Notify(Decision decision, ConversationMessage message)
    {
        if (state.Facts.Push.Count == 0 || decision.Moment.Catalog.PushChannel is not { } channel)
            return;
        string text = message.Text.Length > 0 ? message.Text : string.Join(", ", message.Attachments.Select(static file => file.Name));
        decision.Emit(
            new SendMessage(
                new OutgoingMessage
                {
                    MessageId = decision.Moment.NewId(),
                    ConversationId = message.ConversationId,
                    CustomerId = Id,
                    Channel = channel.Id,
                    To = new Identity(ChannelKinds.Push, Id),
                    Text = TextCut.Shortened(text, ChannelKinds.All[ChannelKinds.Push].MaximumLength),
                    Browsers = state.Facts.Push,
                    IsNotice = true,
                    CreatedAt = message.At,
                }
            )
        );
    }

    private IEnumerable<PushSubscription> OthersThan(string endpoint) => state.Facts.Push.Where(known => known.Endpoint != endpoint);
}
