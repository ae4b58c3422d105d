using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Customers;

// The one conversation with a customer, with what is stored of it.
internal sealed partial class CustomerGrain
{
    private IConversationQueries Talks => Runtime.Outlook.Readers.Conversations;

    public Task<Reply<MessageStored>> ReceiveMessageAsync(ReceiveMessage request) =>
        AskKnownAsync<MessageStored>(
            async (customer, decision) => await FindKnownAsync(request) is { } known ? known : customer.Handle(decision, request)
        );

    public Task<Reply<MessageStored>> PostMessageAsync(PostMessage request) =>
        AskKnownAsync((customer, decision) => customer.Handle(decision, request));

    public Task<Reply<MessageStored>> StartConversationAsync(StartConversation request) =>
        AskKnownAsync((customer, decision) => customer.Handle(decision, request));

    public Task<Reply<bool>> ReportMessageAsync(MessageReport report) =>
        AskKnownAsync<bool>(
            async (customer, decision) =>
                await Talks.FindMessageAsync(report.MessageId, CancellationToken.None) is { Message: var message }
                    ? customer.Handle(decision, report, message)
                    : Rejection.NotFound("Message", report.MessageId)
        );

    public Task<Reply<Conversation>> ChangeConversationAsync(ChangeConversation request) =>
        OfConversationAsync(request.ConversationId, (customer, decision, stored) => customer.Handle(decision, request, stored));

    public Task<Reply<Conversation>> CheckConversationAsync(CheckConversation request) =>
        OfConversationAsync(request.ConversationId, (customer, decision, stored) => customer.Handle(decision, request, stored));

    public Task<Reply<Conversation>> RouteConversationAsync(RouteConversation request) =>
        OfConversationAsync(request.ConversationId, (customer, decision, stored) => customer.Handle(decision, request, stored));

    private Task<Reply<Conversation>> OfConversationAsync(
        string id,
        Func<CustomerDecider, Decision, Conversation, Reply<Conversation>> decide
    ) =>
        AskKnownAsync<Conversation>(
            async (customer, decision) =>
                await Talks.FindAsync(id, CancellationToken.None) is { } stored
                    ? decide(customer, decision, stored)
                    : Rejection.NotFound("Conversation", id)
        );

    /// <summary>A message that the provider brings once more; null: it is new.</summary>
    private async ValueTask<MessageStored?> FindKnownAsync(ReceiveMessage request) =>
        request.ExternalId is { } externalId
        && await Talks.FindMessageAsync(request.Channel, externalId, CancellationToken.None) is { Message: var known }
        && await Talks.FindAsync(known.ConversationId, CancellationToken.None) is { } conversation
            ? new MessageStored(conversation, known)
            : null;

    /// <summary>Numbers what a snapshot of before there were numbers holds, as storage numbered it.</summary>
    private async ValueTask NumberTalksAsync()
    {
        if (_decider is not { HasUnnumbered: true } customer)
            return;
        List<Conversation> stored = [];
        foreach (Conversation known in customer.State.Facts.Conversations)
            stored.Add(await Talks.FindAsync(known.Id, CancellationToken.None) ?? known);
        customer.TakeStored(stored);
    }
}
