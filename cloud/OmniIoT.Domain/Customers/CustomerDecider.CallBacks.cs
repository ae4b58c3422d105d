using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// Call-backs, and links by which a call goes on in the web chat.
public sealed partial class CustomerDecider
{
    /// <summary>Of what is settled the last ones are remembered, for what is told of them late.</summary>
    private const int MostCallBacks = 10;

    private const string LinkPlace = "{link}";

    /// <summary>Who was promised a call is still on the line for so long.</summary>
    private static readonly TimeSpan UntilHungUp = TimeSpan.FromSeconds(5);

    /// <param name="stored">As it stands in storage: of what is settled only the last are remembered here.</param>
    public Reply<CallBack> Handle(Decision decision, CompleteCallBack request, CallBack stored)
    {
        CallBack known = state.Facts.CallBacks.FirstOrDefault(one => one.Id == request.CallBackId) ?? stored;
        return known.Status is CallBackStatus.Done ? known : End(decision, known, CallBackStatus.Done, request.Actor, null);
    }

    /// <summary>It waits here from now on; who was promised a call twice is called once.</summary>
    /// <param name="stored">As it stands in storage: what was settled meanwhile stays so.</param>
    public void Handle(Decision decision, CallBackHandedOn handed, CallBack? stored)
    {
        CallBack promised = handed.CallBack with { CustomerId = Id };
        if (stored is { Status: not CallBackStatus.Waiting } || state.Facts.CallBacks.Any(known => known.Id == promised.Id))
            return;
        if (Find(promised.ConversationId) is not { } conversation)
            End(decision, promised, CallBackStatus.Done, "system", null);
        else if (PromisedIn(conversation) is not null)
            End(decision, promised, CallBackStatus.Failed, "system", "merged");
        else
        {
            Put(decision, promised with { Queue = conversation.Queue });
            CallBackIfDue(decision, conversation);
        }
    }

    private CallBack? CallBackOf(string? messageId) =>
        messageId is null ? null : state.Facts.CallBacks.FirstOrDefault(one => one.MessageId == messageId);

    /// <summary>It waits where the call waited; who asks twice is called once.</summary>
    private Conversation PromiseCall(Decision decision, TakeCall call, CallState known, Conversation conversation, CallAct act)
    {
        Instant now = decision.Moment.Now;
        bool wasWaiting = conversation.WaitingSince is not null && act.Queue == conversation.Queue;
        Conversation waiting = Enqueue(decision, conversation with { Assignee = null }, act.Queue);
        if (PromisedIn(waiting) is not null)
            return waiting;
        CallBack promised = new()
        {
            Id = decision.Moment.NewId(),
            CustomerId = Id,
            Number = call.From.Value,
            Queue = waiting.Queue,
            RequestedAt = wasWaiting ? waiting.Routing.QueuedAt ?? known.QueuedAt ?? now : now,
            DueAt = decision.Moment.Catalog.Desk.OpensAt(waiting.Queue, now),
            Status = CallBackStatus.Waiting,
            ConversationId = waiting.Id,
            Channel = call.Channel,
        };
        Keep(decision, promised, TimelineKind.CallbackRequested, SentenceKinds.CallbackRequested, Actor);
        return waiting;
    }

    /// <summary>What a conversation's customer was promised and waits for; one at most.</summary>
    private CallBack? PromisedIn(Conversation conversation) =>
        state.Facts.CallBacks.FirstOrDefault(one => one.Status is CallBackStatus.Waiting && one.ConversationId == conversation.Id);

    /// <summary>A promise goes where its conversation goes, and is settled with it.</summary>
    private Conversation FollowedByCallBack(Decision decision, Conversation conversation)
    {
        if (PromisedIn(conversation) is not { } promised)
            return conversation;
        if (conversation.Status is ConversationStatus.Closed)
        {
            if (conversation.MergedInto is { } into)
                HandOn(decision, promised with { ConversationId = into });
            else
                End(decision, promised, CallBackStatus.Done, "system", null);
            return conversation;
        }
        if (promised.Queue != conversation.Queue)
            Put(decision, promised with { Queue = conversation.Queue });
        return CallBackIfDue(decision, conversation);
    }

    /// <summary>The conversation that goes on is here, or another customer's who is the same person.</summary>
    private void HandOn(Decision decision, CallBack promised)
    {
        if (Find(promised.ConversationId) is not { } other)
        {
            state.Facts = state.Facts with { CallBacks = [.. state.Facts.CallBacks.Where(one => one.Id != promised.Id)] };
            decision.Emit(new Tell(new GrainLetter(decision.Moment.NewId(), new CallBackHandedOn(Id, promised))));
        }
        else if (PromisedIn(other) is null)
            Put(decision, promised with { Queue = other.Queue });
        else
            End(decision, promised, CallBackStatus.Failed, "system", "merged");
    }

    /// <summary>Promises whose queue has opened.</summary>
    private void CallBackWhatIsDue(Decision decision)
    {
        foreach (Conversation conversation in state.Facts.Conversations)
            CallBackIfDue(decision, conversation);
        foreach (CallBack made in state.Facts.CallBacks.Where(one => one.Status is CallBackStatus.Calling).ToList())
        {
            if (made.CalledAt + CallState.Longest <= decision.Moment.Now)
                End(decision, made, CallBackStatus.Failed, "system", "unknown");
        }
    }

    /// <summary>When the next promise may be kept, or an end that nobody told is taken for one; null: there is none.</summary>
    private Instant? NextCallBack(Instant now)
    {
        IEnumerable<Instant> due = state
            .Facts.CallBacks.Where(one => one.Status is CallBackStatus.Waiting && one.DueAt > now)
            .Select(one => one.DueAt);
        IEnumerable<Instant> lost = state
            .Facts.CallBacks.Where(static one => one.Status is CallBackStatus.Calling)
            .Select(static one => one.CalledAt)
            .OfType<Instant>()
            .Select(static called => called + CallState.Longest);
        return due.Concat(lost).Cast<Instant?>().Min();
    }

    /// <summary>Its turn has come when somebody has the conversation, and its queue is open.</summary>
    private Conversation CallBackIfDue(Decision decision, Conversation conversation)
    {
        CallBack? due = conversation.Assignee is null ? null : PromisedIn(conversation);
        if (due is null || due.DueAt > decision.Moment.Now || decision.Moment.Catalog.FindChannel(due.Channel) is not { Enabled: true })
            return conversation;
        bool isOnTheLine = state.Facts.Calls.Any(call => call.ConversationId == conversation.Id && !call.IsOver);
        Identity to = new("phone", due.Number);
        PostMessage words = new(conversation.Id, PostMessage.OfCall, $"Calling {due.Number} back");
        ConversationMessage message = Words(decision, words, TimelineDirection.Out, due.Channel) with
        {
            State = MessageState.Queued,
            To = to,
        };
        Keep(
            decision,
            due with
            {
                Status = CallBackStatus.Calling,
                MessageId = message.Id,
                CalledAt = decision.Moment.Now,
            },
            TimelineKind.CallbackCalling,
            SentenceKinds.CallbackCalling,
            "agent:" + conversation.Assignee
        );
        MessageStored stored = Say(decision, conversation, message);
        string said = BotWords.Of("voiceCalling", LocaleOfCaller);
        decision.Emit(
            new SendMessage(
                Outgoing(stored, words, to) with
                {
                    Text = Twiml.Calling(said, due.Queue, LocaleOfCaller),
                    CreatedAt = isOnTheLine ? decision.Moment.Now + UntilHungUp : decision.Moment.Now,
                }
            )
        );
        return stored.Conversation;
    }

    /// <summary>The call could not be made.</summary>
    private void TakeFailure(Decision decision, ConversationMessage message)
    {
        if (CallBackOf(message.Id) is { Status: CallBackStatus.Calling } made)
            End(decision, made, CallBackStatus.Failed, "system", message.Error);
    }

    /// <summary>How the call ended; what a person settled stays so.</summary>
    private bool TakeEnd(Decision decision, CallBack made, CallNews news)
    {
        if (made.Status is not CallBackStatus.Calling)
            return false;
        bool isReached = news.EndedAs == "completed";
        End(decision, made, isReached ? CallBackStatus.Done : CallBackStatus.Failed, "system", isReached ? null : news.EndedAs);
        return true;
    }

    private CallBack End(Decision decision, CallBack known, CallBackStatus status, string actor, string? error)
    {
        (string kind, string says) =
            status is CallBackStatus.Done
                ? (TimelineKind.CallbackDone, SentenceKinds.CallbackDone)
                : (TimelineKind.CallbackFailed, SentenceKinds.CallbackFailed);
        // What was settled by hand while the provider could not be reached is not dialled at night.
        if (known is { Status: CallBackStatus.Calling, MessageId: { } message })
            decision.Emit(new EndSending(message));
        CallBack ended = known with { Status = status, EndedAt = decision.Moment.Now, Error = error };
        return Keep(decision, ended, kind, says, actor);
    }

    private CallBack Keep(Decision decision, CallBack callBack, string kind, string says, string actor)
    {
        Put(decision, callBack);
        decision.Append(
            new Happening(kind, actor, Sentence.Of(says, ("number", callBack.Number), ("queue", callBack.Queue)), callBack.Error)
            {
                CustomerId = Id,
                At = decision.Moment.Now,
                Channel = callBack.Channel,
                Direction = TimelineDirection.Internal,
                Refs = new TimelineRefs { ConversationId = callBack.ConversationId },
                Data = new() { ["callbackId"] = callBack.Id },
            }
        );
        return callBack;
    }

    private void Put(Decision decision, CallBack callBack)
    {
        state.Facts = state.Facts with
        {
            CallBacks = [.. state.Facts.CallBacks.Where(other => other.Id != callBack.Id).TakeLast(MostCallBacks - 1), callBack],
        };
        decision.Emit(new PutCallBack(callBack));
    }

    /// <summary>Who asks for it in a call wants it: it needs no consent but that they did not ask to be left alone there.</summary>
    private Departure? SenderOf(Decision decision, TakeCall call, string channel)
    {
        Catalog catalog = decision.Moment.Catalog;
        Channel? sender = catalog.Channels.GetValueOrDefault(channel) ?? catalog.Channels.Values.FirstOrDefault(one => one.Type == channel);
        bool isReachable =
            sender is { Enabled: true }
            && ChannelKinds.All[sender.Type] is { IdentityType: "phone", FreeWordsFor: null, MaximumLength: > 0 }
            && call.From.Type == "phone"
            && ContactOn(sender.Id) is not { HasOptedOut: true }
            && !state.Facts.Bounced.Any(call.From.IsSame);
        return isReachable ? new Departure(sender, call.From, null, sender!.Id) : null;
    }

    private Conversation SendLink(Decision decision, TakeCall call, Conversation conversation, CallAct act)
    {
        if (call.Link is not { } link || SenderOf(decision, call, act.Channel ?? "") is not { } departure)
            return Note(decision, conversation, call.Channel, "The link could not be sent.");
        string text = act.Text.Contains(LinkPlace, StringComparison.Ordinal) ? act.Text : $"{act.Text} {LinkPlace}";
        PostMessage words = new(conversation.Id, PostMessage.OfCall, text)
        {
            // Whoever has the link is the customer: it leaves, and stands nowhere else.
            Leaves = text.Replace(LinkPlace, link, StringComparison.Ordinal),
        };
        return Answer(decision, conversation, words, departure).Result?.Conversation
            ?? Note(decision, conversation, call.Channel, "The link could not be sent.");
    }
}
