using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Domain.Customers;

// What macros and triggers do in the conversation, and which triggers it sets off.
public sealed partial class CustomerDecider
{
    /// <param name="stored">As it stands in storage; null: none was named.</param>
    public Reply<Conversation> Handle(Decision decision, ActOnConversation request, Conversation? stored)
    {
        Conversation? known = request.ConversationId is null ? Newest : Find(request.ConversationId) ?? stored;
        if (known?.Deeds.HasDone(request.Key) is true)
            return known;
        if (request.ExpectedVersion is { } expected && expected != known?.Version)
            return Rejection.Stale("Conversation", expected, known?.Version ?? 0);
        if (known is not null && FindBound(request.Queues, known.Queue) is { } bound)
            return bound;
        CustomerMemory before = state.Facts;
        int count = decision.Effects.Count;
        Reply<Conversation> reply = ActAll(decision, request, known);
        if (reply.Rejection is not null)
        {
            state.Facts = before;
            decision.UndoTo(count);
        }
        return reply;
    }

    private Reply<Conversation> ActAll(Decision decision, ActOnConversation request, Conversation? known)
    {
        Conversation? conversation = known;
        foreach (DeskAction action in request.Actions)
        {
            Reply<Conversation> reply = conversation is null
                ? Begin(decision, action, request)
                : Act(decision, conversation, action, request.Actor);
            if (reply.Result is not { } changed)
                return reply;
            conversation = changed;
        }
        if (conversation is null)
            return Rejection.NotFound("Conversation", request.ConversationId ?? Id);
        if (request.HasAnswer && request.CaseId is { } about && about != conversation.CaseId)
            TellAnswered(decision, about);
        if (request.Then is { } then)
            decision.Send(then);
        return request.Key is null ? conversation : Keep(decision, conversation with { Deeds = conversation.Deeds.And(request.Key) });
    }

    /// <summary>Nothing is open with them: the company begins, by the best channel that may.</summary>
    private Reply<Conversation> Begin(Decision decision, DeskAction action, ActOnConversation request)
    {
        if (action.Reply is not { } words)
            return Rejection.NotFound("Conversation", Id);
        Departure departure = Reach.OnBest([], hasTemplate: false, decision.Moment);
        return departure.Rejection is { } refused && departure.Channel is null
            ? refused
            : ConversationOf(Handle(decision, new StartConversation(departure.Id, request.Actor, words, null) { Queues = request.Queues }));
    }

    private Reply<Conversation> Act(Decision decision, Conversation conversation, DeskAction action, string actor) =>
        action switch
        {
            { Reply: { } words } => ConversationOf(Handle(decision, new PostMessage(conversation.Id, actor, words))),
            { Note: { } words } => ConversationOf(Handle(decision, new PostMessage(conversation.Id, actor, words, Internal: true))),
            { Transfer: { } to } => Handle(
                decision,
                new TransferConversation(conversation.Id, actor, to.Queue, to.Assignee, to.Note, ExpectedVersion: null)
            ),
            { Set: { } set } => Handle(decision, ChangeOf(conversation, set, actor), conversation),
            { Resolve: not null } => Handle(decision, ChangeOf(conversation, new SetFields(CaseStatus.Closed), actor), conversation),
            _ => conversation,
        };

    private static Reply<Conversation> ConversationOf(Reply<MessageStored> reply) =>
        reply.Result is { } stored ? stored.Conversation : reply.Rejection!;

    private static ChangeConversation ChangeOf(Conversation conversation, SetFields set, string actor) =>
        new()
        {
            ConversationId = conversation.Id,
            Status = set.Status switch
            {
                CaseStatus.Closed => ConversationStatus.Closed,
                CaseStatus.Open => ConversationStatus.Open,
                _ => null,
            },
            Assignee = set.Assignee,
            Queue = set.Queue,
            Tags = set.Tags is { } tags ? [.. conversation.Tags.Union(tags)] : null,
            ExpectedVersion = null,
            Actor = actor,
        };

    /// <summary>What triggers want done about a conversation goes by letter, in the same commit.</summary>
    /// <param name="text">What was just said.</param>
    private void SetOff(Decision decision, TriggerEvent happened, Conversation conversation, string text) =>
        decision.SetOff(happened, () => FactsOf(decision, conversation, text), About(conversation));

    private void SetOff(Decision decision, TriggerEvent happened, Conversation conversation, SlaTarget target) =>
        decision.SetOff(happened, () => FactsOf(decision, conversation, null).About(target), About(conversation));

    private TriggerFacts FactsOf(Decision decision, Conversation conversation, string? text) =>
        TriggerFacts.Of(conversation, Known, text, decision.Moment.Now);

    private ActionsDue About(Conversation conversation) =>
        new("", "", Id, [])
        {
            ConversationId = conversation.Id,
            CaseId = conversation.CaseId,
            DeviceId = conversation.DeviceId,
        };
}
