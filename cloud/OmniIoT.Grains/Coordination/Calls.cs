using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Decisions;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Coordination;

/// <summary>Finds whose a call is, and asks who has the conversation with that person.</summary>
public sealed class Calls(IGrains grains, IConversationQueries conversations, Senders senders, Talks talks, ChatLinks links) : ICalls
{
    public async ValueTask<CallAnswer> AnswerAsync(TakeCall call, string address, CancellationToken cancellationToken)
    {
        // Whoever has the beginning of the call has all of it.
        MessageOfCustomer? known = await conversations.FindMessageAsync(call.Channel, call.Sid, cancellationToken);
        string customerId = known?.CustomerId ?? await senders.FindOrCreateAsync(call.Channel, call.From, null, cancellationToken);
        ICustomerGrain grain = known is null ? await talks.TalkerAsync(customerId, cancellationToken) : grains.Customer(customerId);
        Reply<CallAnswer> reply = await grain.TakeCallAsync(
            call with
            {
                WasHeard = known is not null,
                Link = $"{address}/c/{await links.CreateAsync(customerId, cancellationToken)}",
            }
        );
        return reply.Result ?? throw new InvalidOperationException($"The call was not taken: {reply.Rejection!.Message}");
    }

    public async ValueTask ContinueInChatAsync(string customerId, CancellationToken cancellationToken) =>
        await (await talks.TalkerAsync(customerId, cancellationToken)).ContinueInChatAsync();

    public async ValueTask<bool> TellAsync(CallNews news, CancellationToken cancellationToken)
    {
        if (await conversations.FindMessageAsync(news.Channel, news.Sid, cancellationToken) is not { } known)
            return false;
        await grains.Customer(known.CustomerId).TellCallAsync(news with { MessageId = known.Message.Id });
        return true;
    }
}
