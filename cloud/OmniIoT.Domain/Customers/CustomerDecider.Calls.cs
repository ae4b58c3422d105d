using System.Globalization;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// Calls: what the caller hears, and what of it stands in the conversation. A turn and its words are one commit.
public sealed partial class CustomerDecider
{
    private const string Called = "Called";

    public Reply<CallAnswer> Handle(Decision decision, TakeCall call)
    {
        CallState? known = state.Facts.Calls.FirstOrDefault(one => one.Is(call.Channel, call.Sid));
        if (known is null && call.WasHeard)
            return new CallAnswer([new CallAct(CallActKind.Hangup)], LocaleOfCaller, 1);
        if (known is null)
            return BeginCall(decision, call);
        if (call.IsWaiting && known.Waiting is { } queue)
            return Wait(call, known, queue);
        // A turn that was answered is answered the same; a provider that does not say which it is means the next when it brings something.
        bool isNext = call.Turn is { } turn ? turn == known.Turn : call.HasInput;
        Flow flow = FlowOf(decision, call.Channel) ?? Flow.None;
        // Who ends a voicemail by hanging up is over before its recording is told.
        return isNext && (!known.IsOver || call.Recording is not null) && Awaits(flow, known, call)
            ? GoOn(decision, call, known, flow)
            : new CallAnswer(known.Acts, LocaleOfCaller, known.Turn);
    }

    private string LocaleOfCaller => Locales.Of(Known.Locale) ?? Locales.English;

    private static Flow? FlowOf(Decision decision, string channel) =>
        decision.Moment.Catalog.FindChannel(channel)?.Flow is { } id ? decision.Moment.Catalog.Flows.GetValueOrDefault(id) : null;

    /// <summary>Whether anything is waited for where the call is.</summary>
    private static bool Awaits(Flow flow, CallState known, TakeCall call) =>
        flow.Find(known.At.Node) switch
        {
            FlowNode.Gather => call.Recording is null,
            FlowNode.Voicemail => call.Recording is not null,
            // Changed or removed meanwhile: a person takes the call, rather than that it is asked the same without end.
            _ => known.Acts is not [.., { Kind: CallActKind.Queue or CallActKind.Hangup }],
        };

    private CallAnswer BeginCall(Decision decision, TakeCall call)
    {
        ReceiveMessage words = new(call.Channel, Actor, Called, call.Facts.Case?.DeviceId)
        {
            From = call.From.Type == "phone" ? call.From : null,
            ExternalId = call.Sid,
            CaseId = TalksOfNoCase ? call.Facts.Case?.Id : null,
        };
        ConversationMessage message = Heard(decision, call, Called, call.Sid);
        Remember(decision, words, message);
        Conversation listening = Listening(decision, words);
        bool isBegun = listening.Version == 0 || (listening.Id == state.Facts.Closed?.Id && listening.Status is ConversationStatus.Open);
        Conversation conversation = listening with
        {
            Channel = call.Channel,
            CaseId = listening.CaseId ?? words.CaseId,
            DeviceId = listening.DeviceId ?? words.DeviceId,
            MenuCall = listening.WaitingSince is null && listening.Assignee is null ? call.Sid : null,
        };
        conversation = Say(decision, conversation, message).Conversation;
        Tell(decision, conversation, TimelineKind.CallStarted, SentenceKinds.CallStarted, Actor);
        CallView view = ViewOf(decision, call, conversation);
        Flow? flow = FlowOf(decision, call.Channel);
        CallStep step = flow is null ? FlowEngine.ToPerson(view) : FlowEngine.Begin(flow, view);
        CallState begun = new(call.Channel, call.Sid)
        {
            BegunAt = decision.Moment.Now,
            ConversationId = conversation.Id,
            At = step.At,
            Acts = step.Acts,
        };
        if (isBegun)
            SetOff(decision, TriggerEvent.ConversationOpened, conversation, Called);
        return Do(decision, call, begun, step, conversation);
    }

    private CallAnswer GoOn(Decision decision, TakeCall call, CallState known, Flow flow)
    {
        Conversation conversation = TalkOf(decision, call, known);
        string turn = string.Create(CultureInfo.InvariantCulture, $"{call.Sid}:{known.Turn}");
        if (call.Recording is { } recording)
            conversation = TakeRecording(decision, known, conversation, Heard(decision, call, WordsOf(recording), turn));
        else if ((call.Input.Speech ?? call.Input.Digits) is { } said)
            conversation = Say(decision, conversation, Heard(decision, call, said, turn)).Conversation;
        CallStep step = FlowEngine.Next(flow, known.At, call.Input, ViewOf(decision, call, conversation));
        return Do(decision, call, known with { Turn = known.Turn + 1 }, step, conversation);
    }

    /// <summary>The conversation that the call is in; one that was closed meanwhile goes on, as with any words of a customer.</summary>
    private Conversation TalkOf(Decision decision, TakeCall call, CallState known) =>
        Find(known.ConversationId) ?? Listening(decision, new ReceiveMessage(call.Channel, Actor, Called, null));

    /// <summary>What a step does beside what is heard, and the way that it went.</summary>
    private CallAnswer Do(Decision decision, TakeCall call, CallState known, CallStep step, Conversation before)
    {
        Conversation conversation = Note(decision, before, call.Channel, string.Join(" → ", step.Path));
        foreach (CallAct act in step.Acts)
        {
            conversation = act.Kind switch
            {
                CallActKind.Queue => Enqueue(decision, conversation, act.Queue),
                CallActKind.Callback => PromiseCall(decision, call, known, conversation, act),
                CallActKind.SendLink => SendLink(decision, call, conversation, act),
                _ => conversation,
            };
        }
        CallState after = known with
        {
            At = step.At,
            Acts = step.Acts,
            ConversationId = conversation.Id,
            QueuedAt = step.Acts.Any(static act => act.Kind is CallActKind.Queue) ? conversation.Routing.QueuedAt : null,
        };
        Keep(after);
        return new CallAnswer(after.Acts, LocaleOfCaller, after.Turn);
    }

    private CallAnswer Wait(TakeCall call, CallState known, CallAct queue) =>
        new([queue], LocaleOfCaller, known.Turn)
        {
            Place =
                call.Facts.Place > 0
                    ? BotWords.Of("voicePlace", LocaleOfCaller, ("place", call.Facts.Place.ToString(CultureInfo.InvariantCulture)))
                    : "",
        };

    private void Keep(CallState call) =>
        state.Facts = state.Facts with
        {
            Calls =
            [
                .. state
                    .Facts.Calls.Where(other => !other.Is(call.Channel, call.Sid))
                    .OrderBy(static other => !other.IsOver)
                    .TakeLast(CallState.MostKept - 1),
                call,
            ],
        };

    private CallView ViewOf(Decision decision, TakeCall call, Conversation conversation) =>
        new()
        {
            Locale = LocaleOfCaller,
            Now = decision.Moment.Now,
            Customer = Known,
            Zone = ZoneOf(Known.TimeZone),
            Queue = conversation.Queue,
            Desk = decision.Moment.Catalog.Desk,
            Facts = call.Facts,
            HasNumber = call.From.Type == "phone",
            MayLink = channel => call.Link is not null && SenderOf(decision, call, channel) is not null,
        };

    private ConversationMessage Heard(Decision decision, TakeCall call, string text, string externalId) =>
        new(decision.Moment.NewId(), "", decision.Moment.Now, TimelineDirection.In, Actor, text, MessageState.Received)
        {
            Channel = call.Channel,
            ExternalId = externalId,
        };

    private Conversation Note(Decision decision, Conversation conversation, string channel, string text)
    {
        PostMessage note = new(conversation.Id, PostMessage.OfCall, text, Internal: true);
        return Say(decision, conversation, Words(decision, note, TimelineDirection.Internal, channel)).Conversation;
    }

    /// <summary>From now on a person is waited for; who waits in the queue already keeps the place.</summary>
    private Conversation Enqueue(Decision decision, Conversation conversation, string? queue)
    {
        string to = queue ?? conversation.Queue;
        bool keepsPlace = to == conversation.Queue && conversation.WaitingSince is not null;
        Conversation waiting = conversation with
        {
            Queue = to,
            MenuCall = null,
            Routing = keepsPlace ? conversation.Routing : RoutingState.Enter(decision.Moment.Now),
        };
        return Keep(decision, Asked(decision, waiting));
    }
}
