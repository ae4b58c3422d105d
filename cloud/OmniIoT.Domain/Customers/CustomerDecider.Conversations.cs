using System.Text.Json;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// What is said with the customer, and what the company says of it among themselves.
public sealed partial class CustomerDecider
{
    private const string DefaultQueue = "support";

    private const int BeginningLength = 80;

    public Reply<MessageStored> Handle(Decision decision, ReceiveMessage request)
    {
        Conversation conversation =
            state.Facts.Conversations.FirstOrDefault(open => open.Channel == request.Channel)
            ?? new Conversation
            {
                Id = decision.Moment.NewId(),
                CustomerId = Id,
                Channel = request.Channel,
                Status = ConversationStatus.Open,
                Queue = DefaultQueue,
                Assignee = null,
                Subject = Beginning(request.Text),
                DeviceId = request.DeviceId,
                OpenedAt = decision.Moment.Now,
                LastMessageAt = decision.Moment.Now,
                Version = 0,
            };
        return Say(decision, conversation, TimelineDirection.In, request.Author, request.Text);
    }

    public Reply<MessageStored> Handle(Decision decision, PostMessage request)
    {
        if (Find(request.ConversationId) is not { } conversation)
            return ConversationClosed(request.ConversationId);
        return request.Internal
            ? Say(decision, conversation, TimelineDirection.Internal, request.Author, request.Text)
            : Answer(decision, conversation, request);
    }

    /// <summary>What is closed is not remembered here: it is as stored.</summary>
    public Reply<Conversation> Handle(Decision decision, ChangeConversation request, Conversation stored)
    {
        Conversation conversation = Find(request.ConversationId) ?? stored;
        if (request.ExpectedVersion is { } expected && expected != conversation.Version)
            return Rejection.Stale("Conversation", expected, conversation.Version);
        if (conversation.Status is ConversationStatus.Closed)
        {
            if (request.Status is not ConversationStatus.Open)
                return ConversationClosed(conversation.Id);
            // The customer's next words would not know which of the two they belong to.
            if (state.Facts.Conversations.FirstOrDefault(other => other.Channel == conversation.Channel) is { } open)
                return Rejection.Conflict("OtherConversationOpen", $"Conversation '{open.Id}' of the same channel is open.");
        }
        return Keep(
            decision,
            conversation with
            {
                Status = request.Status ?? conversation.Status,
                Assignee = Changed(conversation.Assignee, request.Assignee),
                Queue = request.Queue ?? conversation.Queue,
                Subject = Changed(conversation.Subject, request.Subject),
                CaseId = Changed(conversation.CaseId, request.CaseId),
                Tags = request.Tags ?? conversation.Tags,
            }
        );
    }

    /// <summary>The first answer of a person is the response that the case's clock waits for; the case's owner keeps that clock.</summary>
    private MessageStored Answer(Decision decision, Conversation conversation, PostMessage request)
    {
        if (request.IsByPerson)
        {
            conversation = conversation with { FirstRespondedAt = conversation.FirstRespondedAt ?? decision.Moment.Now };
            if (conversation.CaseId is { } caseId)
                decision.Emit(new Tell(new GrainLetter(decision.Moment.NewId(), new CustomerAnswered(Id, caseId, decision.Moment.Now))));
        }
        MessageStored stored = Say(decision, conversation, TimelineDirection.Out, request.Author, request.Text);
        Push(decision, stored.Message);
        return stored;
    }

    private MessageStored Say(Decision decision, Conversation conversation, TimelineDirection direction, string author, string text)
    {
        (string kind, string says, MessageState messageState) = direction switch
        {
            TimelineDirection.In => (TimelineKind.MessageReceived, SentenceKinds.MessageReceived, MessageState.Received),
            TimelineDirection.Out => (TimelineKind.MessageSent, SentenceKinds.MessageAnswered, MessageState.Sent),
            _ => (TimelineKind.NoteAdded, SentenceKinds.Note, MessageState.Sent),
        };
        bool isSaid = direction is not TimelineDirection.Internal;
        Conversation changed = Keep(
            decision,
            isSaid ? conversation with { LastMessageAt = decision.Moment.Now, LastMessage = Beginning(text) } : conversation
        );
        ConversationMessage message = new(
            decision.Moment.NewId(),
            conversation.Id,
            decision.Moment.Now,
            direction,
            author,
            text,
            messageState
        );
        decision.Emit(new AppendMessage(message, Id));
        decision.Append(
            new Happening(kind, author, Sentence.Of(says), text)
            {
                CustomerId = Id,
                At = decision.Moment.Now,
                Channel = conversation.Channel,
                Direction = direction,
                Refs = new TimelineRefs
                {
                    ConversationId = conversation.Id,
                    DeviceId = conversation.DeviceId,
                    CaseId = conversation.CaseId,
                },
            }
        );
        return new MessageStored(changed, message);
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

    private Conversation Keep(Decision decision, Conversation conversation)
    {
        Conversation changed = conversation with { Version = conversation.Version + 1 };
        IEnumerable<Conversation> others = state.Facts.Conversations.Where(other => other.Id != conversation.Id);
        state.Facts = state.Facts with { Conversations = changed.Status is ConversationStatus.Open ? [.. others, changed] : [.. others] };
        decision.Emit(new PutConversation(changed));
        return changed;
    }

    private Conversation? Find(string conversationId) => state.Facts.Conversations.FirstOrDefault(open => open.Id == conversationId);

    private static Rejection ConversationClosed(string id) => Rejection.Conflict("ConversationClosed", $"Conversation '{id}' is closed.");

    /// <summary>Null leaves what is known, empty takes it away.</summary>
    private static string? Changed(string? known, string? wanted) =>
        wanted is null ? known
        : wanted.Length == 0 ? null
        : wanted;

    private static string Beginning(string text)
    {
        if (text.Length <= BeginningLength)
            return text;
        int end = BeginningLength - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }
}
