using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Coordination;

/// <summary>Finds whose words a channel brought, and hands them to who has the conversation with that person.</summary>
public sealed class Inbox(IGrains grains, IConversationQueries conversations, Senders senders, Talks talks, Askers askers) : IInbox
{
    public async ValueTask<InboundReceipt> ReceiveAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        if (await conversations.FindMessageAsync(message.Channel, message.ExternalId, cancellationToken) is { } known)
            return new InboundReceipt(known.CustomerId, known.Message.ConversationId, known.Message.Id, IsNew: false);
        string customerId = await senders.FindOrCreateAsync(message.Channel, message.From, message.Name, cancellationToken);
        ReceiveMessage words = new(message.Channel, EntityId.Customer(customerId).ToString(), message.Text, null)
        {
            From = message.From,
            Html = message.Html,
            Subject = message.Subject,
            Attachments = message.Attachments,
            ExternalId = message.ExternalId,
            At = message.At,
            IsAutomatic = message.IsAutomatic,
        };
        Reply<MessageStored> reply = await ReceiveAsync(customerId, words, cancellationToken);
        return reply.Result is { } stored
            ? new InboundReceipt(stored.Conversation.CustomerId, stored.Conversation.Id, stored.Message.Id, IsNew: true)
            : throw new InvalidOperationException($"The message was not taken: {reply.Rejection!.Message}");
    }

    public async ValueTask<bool> IsKnownAsync(string channel, string externalId, CancellationToken cancellationToken) =>
        await conversations.FindMessageAsync(channel, externalId, cancellationToken) is not null;

    public async ValueTask<Reply<MessageStored>> ReceiveAsync(string customerId, ReceiveMessage words, CancellationToken cancellationToken)
    {
        if (await askers.FindAsync(customerId, words, cancellationToken) is { } asker)
        {
            Reply<MessageStored> answer = await grains.Customer(asker).ReceiveMessageAsync(words with { IsAnswerOnly = true });
            if (answer.Rejection is null)
                return answer;
        }
        return await (await talks.TalkerAsync(customerId, cancellationToken)).ReceiveMessageAsync(words);
    }

    public async ValueTask<bool> ReportAsync(
        string channel,
        string externalId,
        MessageState state,
        string? error,
        CancellationToken cancellationToken
    )
    {
        if (await conversations.FindMessageAsync(channel, externalId, cancellationToken) is not { } known)
            return false;
        MessageReport report = new(known.Message.ConversationId, known.Message.Id, state, Error: error);
        await ReportAsync(known.CustomerId, report, cancellationToken);
        return true;
    }

    public async ValueTask ReportAsync(string customerId, MessageReport report, CancellationToken cancellationToken) =>
        await grains.Customer(customerId).ReportMessageAsync(report);
}
