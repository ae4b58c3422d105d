using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Customers;

// The one conversation with the customer: how it begins, changes and ends.
public sealed partial class CustomerDecider
{
    private const string DefaultQueue = "support";

    /// <summary>Whether a snapshot of before there were numbers has a conversation without one; its shell knows what is stored.</summary>
    public bool HasUnnumbered => state.Facts.Conversations.Any(static conversation => conversation.Number == 0);

    /// <summary>Takes conversations over as they are stored.</summary>
    public void TakeStored(IReadOnlyList<Conversation> conversations) => state.Facts = state.Facts with { Conversations = conversations };

    /// <summary>Of what is closed only the last one is remembered here: others are as stored.</summary>
    public Reply<Conversation> Handle(Decision decision, ChangeConversation request, Conversation stored)
    {
        Conversation conversation = Find(request.ConversationId) ?? stored;
        if (request.ExpectedVersion is { } expected && expected != conversation.Version)
            return Rejection.Stale("Conversation", expected, conversation.Version);
        if (request.SnoozedUntil <= decision.Moment.Now)
            return Rejection.Invalid("SnoozeOver", "The time must lie ahead.", "/snoozedUntil");
        if (conversation.Status is ConversationStatus.Closed && FindHindrance(conversation, request) is { } hindrance)
            return hindrance;
        if (conversation.Status is ConversationStatus.Closed)
            CountResumed(decision, conversation);
        ConversationStatus status = request.Status ?? (request.SnoozedUntil is null ? conversation.Status : ConversationStatus.Snoozed);
        return Move(
            decision,
            conversation with
            {
                Assignee = Changed(conversation.Assignee, request.Assignee),
                Queue = request.Queue ?? conversation.Queue,
                Subject = Changed(conversation.Subject, request.Subject),
                CaseId = Changed(conversation.CaseId, request.CaseId),
                Tags = request.Tags ?? conversation.Tags,
                Routing = RoutingAfter(conversation, request, decision.Moment.Now),
                MenuCall = request.Assignee is null && request.Queue is null ? conversation.MenuCall : null,
                SnoozedUntil = status is ConversationStatus.Snoozed ? request.SnoozedUntil ?? conversation.SnoozedUntil : null,
            },
            status,
            request.Actor
        );
    }

    /// <summary>Whether what the customer writes next would be about no case as yet.</summary>
    public bool TalksOfNoCase => Newest?.CaseId is null;

    private Conversation? Newest => state.Facts.Conversations.MaxBy(static conversation => conversation.LastMessageAt);

    /// <summary>What the customer's words belong to.</summary>
    private Conversation Listening(Decision decision, ReceiveMessage request)
    {
        if (Newest is { } open)
            return request.IsAutomatic ? open : WentOn(decision, open, request.Channel);
        if (state.Facts.Closed is { } closed && decision.Moment.Now - closed.ClosedAt <= decision.Moment.Settings.Desk.ReopenWithin)
            return request.IsAutomatic ? closed : Resumed(decision, closed, request);
        Conversation begun = Begin(decision, request.Channel, request.Subject ?? request.Text, Actor) with { DeviceId = request.DeviceId };
        return request.IsAutomatic ? begun : Contacted(decision, begun, request.Channel);
    }

    private static Conversation WentOn(Decision decision, Conversation open, string channel)
    {
        CountSwitch(decision, open, channel);
        return open with { Status = ConversationStatus.Open, SnoozedUntil = null };
    }

    private Conversation Resumed(Decision decision, Conversation closed, ReceiveMessage request)
    {
        CountResumed(decision, closed);
        Conversation reopened = Reopened(decision, closed with { CaseId = request.CaseId ?? closed.CaseId }, Actor);
        return Contacted(decision, reopened, request.Channel);
    }

    private Conversation Begin(Decision decision, string channel, string subject, string actor)
    {
        string queue = decision.Moment.Catalog.FindChannel(channel)?.Queue ?? DefaultQueue;
        Conversation conversation = new()
        {
            Id = decision.Moment.NewId(),
            Number = decision.Moment.NextConversationNumber(),
            CustomerId = Id,
            Channel = channel,
            Status = ConversationStatus.Open,
            Queue = queue,
            Assignee = null,
            Subject = Beginning(subject),
            DeviceId = null,
            OpenedAt = decision.Moment.Now,
            LastMessageAt = decision.Moment.Now,
            Sla = decision.Moment.Catalog.Desk.TermsOf(queue).Start(decision.Moment.Now),
            Version = 0,
        };
        Tell(decision, conversation, TimelineKind.ConversationOpened, SentenceKinds.ConversationOpened, actor);
        return conversation;
    }

    private Conversation Reopened(Decision decision, Conversation closed, string actor)
    {
        Tell(decision, closed, TimelineKind.ConversationOpened, SentenceKinds.ConversationReopened, actor);
        return closed with
        {
            Status = ConversationStatus.Open,
            ClosedAt = null,
            Bot = null,
            Routing = RoutingAnew(decision, closed),
            Deeds = closed.Deeds.Anew(),
        };
    }

    /// <summary>Why a closed conversation may not be changed so; null: it may.</summary>
    private Rejection? FindHindrance(Conversation closed, ChangeConversation request)
    {
        if (request.Status is not ConversationStatus.Open || closed.MergedInto is not null)
            return ConversationClosed(closed.Id);
        // The customer's next words would not know which of the two they belong to.
        return Newest is { } open
            ? Rejection.Conflict("OtherConversationOpen", $"Conversation '{open.Id}' of the customer is open.")
            : null;
    }

    private Conversation Move(Decision decision, Conversation conversation, ConversationStatus status, string actor)
    {
        bool isClosed = conversation.Status is ConversationStatus.Closed,
            closes = status is ConversationStatus.Closed && !isClosed;
        if (isClosed && status is not ConversationStatus.Closed)
            conversation = Reopened(decision, conversation, actor);
        if (closes)
            Tell(decision, conversation, TimelineKind.ConversationClosed, SentenceKinds.ConversationClosed, actor);
        if (closes && conversation.MergedInto is null)
            conversation = CountEnd(decision, conversation);
        Conversation kept = Keep(
            decision,
            closes
                ? conversation with
                {
                    Status = status,
                    ClosedAt = decision.Moment.Now,
                    WaitingSince = null,
                }
                : conversation with
                {
                    Status = status,
                }
        );
        if (closes && kept.MergedInto is null)
            PlanSurveys(decision, SurveyOccasion.ConversationClosed, SubjectOf(kept), decision.Moment.Now);
        return kept;
    }

    private static SurveySubject SubjectOf(Conversation conversation) =>
        new()
        {
            CaseId = conversation.CaseId,
            ConversationId = conversation.Id,
            DeviceId = conversation.DeviceId,
            Channel = conversation.Channel,
            Queue = conversation.Queue,
            Agent = conversation.Assignee,
        };

    /// <summary>Brings back what was out of sight for long enough.</summary>
    private void EndSnoozes(Decision decision)
    {
        foreach (Conversation snoozed in state.Facts.Conversations.Where(one => one.SnoozedUntil <= decision.Moment.Now).ToList())
            Keep(decision, snoozed with { Status = ConversationStatus.Open, SnoozedUntil = null });
    }

    private Conversation Keep(Decision decision, Conversation conversation)
    {
        Conversation changed = InStep(decision, conversation) with { Version = conversation.Version + 1 };
        IEnumerable<Conversation> others = state.Facts.Conversations.Where(other => other.Id != conversation.Id);
        bool isClosed = changed.Status is ConversationStatus.Closed;
        state.Facts = state.Facts with
        {
            Conversations = isClosed ? [.. others] : [.. others, changed],
            Closed =
                isClosed && changed.MergedInto is null ? changed
                : state.Facts.Closed?.Id == changed.Id ? null
                : state.Facts.Closed,
        };
        decision.Emit(new PutConversation(changed));
        return FollowedByCallBack(decision, changed);
    }

    private void Tell(Decision decision, Conversation conversation, string kind, string says, string actor) =>
        decision.Append(
            new Happening(kind, actor, Sentence.Of(says, ("number", conversation.Number)))
            {
                CustomerId = Id,
                At = decision.Moment.Now,
                Channel = conversation.Channel,
                Direction = TimelineDirection.Internal,
                Refs = RefsOf(conversation),
            }
        );

    private static TimelineRefs RefsOf(Conversation conversation) =>
        new()
        {
            ConversationId = conversation.Id,
            DeviceId = conversation.DeviceId,
            CaseId = conversation.CaseId,
        };

    private Conversation? Find(string conversationId) => state.Facts.Conversations.FirstOrDefault(open => open.Id == conversationId);

    private static Rejection ConversationClosed(string id) => Rejection.Conflict("ConversationClosed", $"Conversation '{id}' is closed.");

    /// <summary>Null leaves what is known, empty takes it away.</summary>
    private static string? Changed(string? known, string? wanted) =>
        wanted is null ? known
        : wanted.Length == 0 ? null
        : wanted;
}
