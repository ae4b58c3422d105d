using System.Text.Json;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// What is said with the customer, and what the company says of it among themselves.
public sealed partial class CustomerDecider
{
    private const int BeginningLength = 80;

    /// <summary>How the error begins of a message whose address does not exist.</summary>
    private const string Bounce = "bounced";

    public Reply<MessageStored> Handle(Decision decision, ReceiveMessage request)
    {
        Instant now = decision.Moment.Now;
        if (request.IsAnswerOnly && !state.Facts.Surveys.Any(asked => asked.Read(request, now) is not null))
            return Rejection.Conflict("SurveyOver", "The question was answered before, or its time is over.");
        Instant at = request.At is { } told && told < now ? told : now;
        ConversationMessage message = new(
            decision.Moment.NewId(),
            "",
            at,
            TimelineDirection.In,
            request.Author,
            request.Text,
            MessageState.Received
        )
        {
            Channel = request.Channel,
            Html = request.Html,
            Attachments = request.Attachments,
            ExternalId = request.ExternalId,
        };
        Remember(decision, request, message);
        if (TakeAsAnswer(decision, request, message) is { } answer)
            return answer;
        bool isNews = (Newest ?? state.Facts.Closed)?.CaseId != request.CaseId;
        Conversation listening = Listening(decision, request);
        Conversation conversation = listening with
        {
            Channel = request.Channel,
            CaseId = listening.CaseId ?? request.CaseId,
            DeviceId = listening.DeviceId ?? request.DeviceId,
        };
        bool isBegun = listening.Version == 0 || (listening.Id == state.Facts.Closed?.Id && listening.Status is ConversationStatus.Open);
        MessageStored stored = Hear(decision, request, conversation, message);
        // What a machine wrote is answered by none: two would write to each other for ever.
        if (request.IsAutomatic)
            return stored;
        if (isBegun)
            SetOff(decision, TriggerEvent.ConversationOpened, stored.Conversation, request.Text);
        SetOff(decision, TriggerEvent.MessageReceived, stored.Conversation, request.Text);
        return isNews && request.Known is { } known ? Greet(decision, stored, known) : stored;
    }

    /// <summary>Stores what the customer says, which a bot answers where one listens, and a person is asked to otherwise.</summary>
    private MessageStored Hear(Decision decision, ReceiveMessage request, Conversation conversation, ConversationMessage message)
    {
        if (request.IsAutomatic)
            return Say(decision, conversation, message);
        if (FindBot(decision, conversation) is not { } bot)
            return Say(decision, Asked(decision, conversation), message);
        MessageStored stored = Say(decision, conversation, message);
        return stored with { Conversation = AnswerByBot(decision, bot, request, stored) };
    }

    public Reply<MessageStored> Handle(Decision decision, PostMessage request)
    {
        if (Find(request.ConversationId) is not { } conversation)
            return ConversationClosed(request.ConversationId);
        if (request.Internal)
            return Say(decision, conversation, Words(decision, request, TimelineDirection.Internal, conversation.Channel));
        bool hasTemplate = request.Template is not null;
        Departure departure = request.Channel is { } named
            ? Reach.On(named, hasTemplate, decision.Moment)
            : Reach.OnBest([conversation.Channel], hasTemplate, decision.Moment);
        return Answer(decision, conversation, request, departure);
    }

    public Reply<MessageStored> Handle(Decision decision, StartConversation request)
    {
        Departure departure = Reach.On(request.Channel, request.Template is not null, decision.Moment);
        if (departure.Channel is not { } channel)
            return departure.Rejection;
        if (FindBound(request.Queues, Newest?.Queue ?? channel.Queue ?? DefaultQueue) is { } bound)
            return bound;
        PostMessage words = new("", request.Author, request.Text) { Template = request.Template };
        // Before anything is begun: what was begun for words that may not leave would stay.
        if (FindHindrance(decision.Moment.Settings.Desk, channel, words) is { } hindrance)
            return hindrance;
        Conversation conversation =
            Newest ?? Begin(decision, request.Channel, request.Text, request.Author) with { Assignee = request.Assignee };
        Reply<MessageStored> reply = Answer(decision, conversation, words, departure);
        if (conversation.Version == 0 && reply.Result is { } stored && !Trigger.IsActor(request.Author))
            SetOff(decision, TriggerEvent.ConversationOpened, stored.Conversation, request.Text);
        return reply;
    }

    /// <summary>What a channel tells of a message that it was given.</summary>
    /// <param name="message">As stored.</param>
    public Reply<bool> Handle(Decision decision, MessageReport report, ConversationMessage message)
    {
        ConversationMessage changed = message.After(report);
        decision.Emit(new EndSending(message.Id));
        if (changed == message)
            return false;
        decision.Emit(new PutMessage(changed, Id));
        Change(message.Channel, contact => contact.With(message.Id, report.ExternalId));
        if (changed.State is MessageState.Failed)
            Fail(decision, changed);
        return true;
    }

    /// <summary>
    /// Says where they wrote that the trouble of their device is known, before anybody asks them. A bot does so in its own words, and who
    /// may not be written to there is told nothing.
    /// </summary>
    private MessageStored Greet(Decision decision, MessageStored heard, KnownTrouble known)
    {
        if (!decision.Moment.Settings.Desk.TellsKnown || decision.Moment.Catalog.FindChannel(heard.Message.Channel)?.Bot is not null)
            return heard;
        Departure departure = Reach.On(heard.Message.Channel, hasTemplate: false, decision.Moment);
        PostMessage words = new(heard.Conversation.Id, "system", known.Greeting(Known.Locale));
        return Answer(decision, heard.Conversation, words, departure).Result is { } greeted
            ? heard with
            {
                Conversation = greeted.Conversation,
            }
            : heard;
    }

    private Reach Reach => new(Known, state.Facts.Contacts, state.Facts.Bounced) { HasBrowsers = state.Facts.Push.Count > 0 };

    /// <summary>The first answer of a person is the response that the case's clock waits for; the case's owner keeps that clock.</summary>
    private Reply<MessageStored> Answer(Decision decision, Conversation conversation, PostMessage request, Departure departure)
    {
        if (departure.Channel is not { } channel)
            return departure.Rejection;
        if (FindHindrance(decision.Moment.Settings.Desk, channel, request) is { } hindrance)
            return hindrance;
        ConversationMessage message = Words(decision, request, TimelineDirection.Out, channel.Id) with
        {
            State = channel.Type == ChannelKinds.WebChat ? MessageState.Sent : MessageState.Queued,
            To = departure.To,
        };
        if (request.IsByPerson)
            conversation = Responded(decision, Waited(decision, conversation, request.Author)) with
            {
                Bot = conversation.Bot is { } bot ? bot with { HandedOver = true, Form = null } : null,
            };
        MessageStored stored = Say(decision, conversation, message);
        Push(decision, stored.Message);
        if (departure.To is { } to)
            decision.Emit(new SendMessage(Outgoing(stored, request, to)));
        else if (request.IsByPerson)
            Notify(decision, stored.Message);
        return stored;
    }

    /// <param name="queues">Null: all.</param>
    private static Rejection? FindBound(IReadOnlyList<string>? queues, string queue) =>
        queues?.Contains(queue) is false ? Rejection.OutOfBounds(queue) : null;

    /// <summary>What of a message its channel does not carry: it would leave without that, and nobody would know.</summary>
    private static Rejection? FindHindrance(DeskSettings desk, Channel channel, PostMessage request)
    {
        ChannelAbilities abilities = ChannelKinds.All[channel.Type];
        if (abilities.Files.FindHindrance(channel.Id, request.Attachments, hasAddress: desk.PublicAddress.Length > 0) is { } ofFiles)
            return ofFiles;
        if (request is { Template: not null, Attachments.Count: > 0 })
            return Rejection.Invalid("TemplateWithFiles", "A template leaves without files.", "/attachmentIds");
        int longest = request.Attachments.Count > 0 ? abilities.MaximumLengthWithFiles : abilities.MaximumLength;
        if ((request.Leaves ?? request.Text).Length > longest)
            return Rejection.Invalid("TextTooLong", $"'{channel.Id}' takes at most {longest} characters here.", "/text");
        return request.Template is not null && !abilities.KnowsTemplates
            ? Rejection.Invalid("NoTemplates", $"'{channel.Id}' knows no templates.", "/template")
            : null;
    }

    private Conversation Responded(Decision decision, Conversation conversation)
    {
        if (conversation.CaseId is { } caseId)
            TellAnswered(decision, caseId);
        return conversation with
        {
            FirstRespondedAt = conversation.FirstRespondedAt ?? decision.Moment.Now,
            WaitingSince = null,
            Sla = conversation.Sla.Answer(decision.Moment.Now),
            Routing = conversation.Routing.Take(),
        };
    }

    private void TellAnswered(Decision decision, string caseId) =>
        decision.Emit(new Tell(new GrainLetter(decision.Moment.NewId(), new CustomerAnswered(Id, caseId, decision.Moment.Now))));

    private static ConversationMessage Words(Decision decision, PostMessage request, TimelineDirection direction, string channel) =>
        new(decision.Moment.NewId(), "", decision.Moment.Now, direction, request.Author, request.Text, MessageState.Sent)
        {
            Channel = channel,
            Attachments = request.Attachments,
            ReplyTo = request.ReplyTo,
            Mentions = direction is TimelineDirection.Internal ? ReplyNames.Mentioned(request.Text) : [],
        };

    private OutgoingMessage Outgoing(MessageStored stored, PostMessage request, Identity to) =>
        new()
        {
            MessageId = stored.Message.Id,
            ConversationId = stored.Conversation.Id,
            CustomerId = Id,
            Channel = stored.Message.Channel,
            To = to,
            Text = request.Leaves ?? stored.Message.Text,
            Subject = stored.Conversation.Subject,
            Attachments = stored.Message.Attachments,
            Template = request.Template,
            Browsers = to.Type == ChannelKinds.Push ? state.Facts.Push : [],
            InReplyTo = ContactOn(stored.Message.Channel)?.References(stored.Message.ReplyTo) ?? [],
            IsAutomatic = !request.IsByPerson,
            CreatedAt = stored.Message.At,
        };

    private MessageStored Say(Decision decision, Conversation conversation, ConversationMessage message)
    {
        ConversationMessage said = message with { ConversationId = conversation.Id };
        Conversation changed = Keep(
            decision,
            said.Internal
                ? conversation
                : conversation with
                {
                    LastMessageAt = decision.Moment.Now,
                    LastMessage = Beginning(said.Text),
                    Channels = [.. conversation.Channels.Append(said.Channel).Distinct()],
                }
        );
        decision.Emit(new AppendMessage(said, Id));
        (string kind, string says) = said.Direction switch
        {
            TimelineDirection.In => (TimelineKind.MessageReceived, SentenceKinds.MessageReceived),
            TimelineDirection.Out => (TimelineKind.MessageSent, SentenceKinds.MessageAnswered),
            _ => (TimelineKind.NoteAdded, SentenceKinds.Note),
        };
        decision.Append(
            new Happening(kind, said.Author, Sentence.Of(says), said.Text)
            {
                CustomerId = Id,
                At = said.At,
                Channel = said.Channel,
                Direction = said.Direction,
                Refs = RefsOf(conversation),
            }
        );
        return new MessageStored(changed, said);
    }

    private void Fail(Decision decision, ConversationMessage message)
    {
        TakeFailure(decision, message);
        if (message.To is { } to && message.Error?.StartsWith(Bounce, StringComparison.Ordinal) is true)
            state.Facts = state.Facts with { Bounced = [.. state.Facts.Bounced.Where(known => !known.IsSame(to)), to] };
        decision.Append(
            new Happening(TimelineKind.MessageFailed, "system", Sentence.Of(SentenceKinds.MessageFailed), message.Error)
            {
                CustomerId = Id,
                At = decision.Moment.Now,
                Channel = message.Channel,
                Direction = TimelineDirection.Out,
                Refs = new TimelineRefs { ConversationId = message.ConversationId },
                Data = new() { ["messageId"] = message.Id, ["reason"] = message.Error },
            }
        );
    }

    /// <summary>
    /// An app that is connected gets the answer at once, on whatever channel the talk is; one that is away has it on the timeline.
    /// </summary>
    private void Push(Decision decision, ConversationMessage message) =>
        SendDown(
            decision,
            PlatformTopics.Messages,
            JsonSerializer.SerializeToUtf8Bytes(message, OmniJson.Options),
            "message:" + message.Id,
            decision.Moment.Now + TimeSpan.FromDays(1)
        );

    private static string Beginning(string text) => TextCut.Shortened(text, BeginningLength);
}
