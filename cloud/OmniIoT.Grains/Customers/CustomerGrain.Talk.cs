using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Customers;

// The one conversation with a customer, with what is stored of it.
internal sealed partial class CustomerGrain
{
    private IConversationQueries Talks => Runtime.Outlook.Readers.Desk.Conversations;

    public Task<Reply<MessageStored>> ReceiveMessageAsync(ReceiveMessage request) =>
        AskKnownAsync<MessageStored>(
            async (customer, decision) =>
                await FindKnownAsync(request) is { } known
                    ? known
                    : customer.Handle(decision, await SeeingAsync(decision, await ConcerningAsync(customer, request)))
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

    public Task<Reply<bool>> SubscribePushAsync(SubscribePush request) => AskKnownAsync((customer, _) => customer.Handle(request));

    public Task<Reply<bool>> EndPushAsync(EndPush request) => AskKnownAsync((customer, _) => customer.Handle(request));

    public Task<Reply<Conversation>> ChangeConversationAsync(ChangeConversation request) =>
        AskOfTalkAsync(request.ConversationId, (customer, decision, stored) => customer.Handle(decision, request, stored));

    public Task<Reply<Conversation>> TransferConversationAsync(TransferConversation request) =>
        AskKnownAsync((customer, decision) => customer.Handle(decision, request));

    public Task<Reply<Conversation>> AbsorbConversationAsync(AbsorbConversation request) =>
        AskKnownAsync((customer, decision) => customer.Handle(decision, request));

    public Task<Reply<Conversation>> JoinConversationAsync(JoinConversation request) =>
        AskOfTalkAsync(request.ConversationId, (customer, decision, stored) => customer.Handle(decision, request, stored));

    public Task<Reply<Conversation>> CheckConversationAsync(CheckConversation request) =>
        AskOfTalkAsync(request.ConversationId, (customer, decision, stored) => customer.Handle(decision, request, stored));

    public Task<Reply<Conversation>> RouteConversationAsync(RouteConversation request) =>
        AskOfTalkAsync(request.ConversationId, (customer, decision, stored) => customer.Handle(decision, request, stored));

    public Task<Reply<Conversation>> ActOnConversationAsync(ActOnConversation request) =>
        AskKnownAsync<Conversation>(
            async (customer, decision) =>
                customer.Handle(
                    decision,
                    request,
                    request.ConversationId is { } id ? await Talks.FindAsync(id, CancellationToken.None) : null
                )
        );

    private Task<Reply<Conversation>> AskOfTalkAsync(
        string conversationId,
        Func<CustomerDecider, Decision, Conversation, Reply<Conversation>> decide
    ) =>
        AskKnownAsync<Conversation>(
            async (customer, decision) =>
                await Talks.FindAsync(conversationId, CancellationToken.None) is { } stored
                    ? decide(customer, decision, stored)
                    : Rejection.NotFound("Conversation", conversationId)
        );

    /// <summary>A message that the provider brings once more; null: it is new.</summary>
    private async ValueTask<MessageStored?> FindKnownAsync(ReceiveMessage request) =>
        request.ExternalId is { } externalId
        && await Talks.FindMessageAsync(request.Channel, externalId, CancellationToken.None) is { Message: var known }
        && await Talks.FindAsync(known.ConversationId, CancellationToken.None) is { } conversation
            ? new MessageStored(conversation, known)
            : null;

    /// <summary>Where a bot may answer it is asked of the devices first.</summary>
    private async ValueTask<ReceiveMessage> SeeingAsync(Decision decision, ReceiveMessage request) =>
        request.IsAutomatic || decision.Moment.Catalog.FindChannel(request.Channel)?.Bot is null
            ? request
            : request with
            {
                Devices = await DeviceReports.OfAsync(
                    Key,
                    Runtime.Outlook.Readers.Devices,
                    Runtime.Outlook.Readers.Alarms,
                    CancellationToken.None
                ),
            };

    /// <summary>Who writes while a device of theirs has an unresolved case writes about it; of several, about the newest.</summary>
    private async ValueTask<ReceiveMessage> ConcerningAsync(CustomerDecider customer, ReceiveMessage request)
    {
        if (!customer.TalksOfNoCase || request.IsAutomatic)
            return request;
        CaseFilter theirs = new() { CustomerId = Key, Unresolved = true };
        Page<Case> cases = await Runtime.Outlook.Readers.Desk.Cases.ListAsync(theirs, new PageRequest(null), CancellationToken.None);
        return cases.Items.Where(static one => one.DeviceId is not null).MaxBy(static one => one.Number) is { } known
            ? request with
            {
                CaseId = known.Id,
                DeviceId = request.DeviceId ?? known.DeviceId,
                Known = await TroubleOfAsync(known),
            }
            : request;
    }

    private async ValueTask<KnownTrouble> TroubleOfAsync(Case known)
    {
        string device = known.DeviceId!;
        string name = (await Runtime.Outlook.Readers.Devices.FindAsync(device, CancellationToken.None))?.Name ?? device;
        return new KnownTrouble(name, known.Number, known.OpenedBy is CaseOpener.Agent ? null : known.Title);
    }

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
