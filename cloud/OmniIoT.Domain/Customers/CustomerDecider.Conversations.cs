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

    public Reply<MessageStored> Handle(DecisionScope scope, ReceiveMessage request)
    {
        Conversation conversation =
            state.Facts.Conversations.FirstOrDefault(open => open.Channel == request.Channel)
            ?? new Conversation(
                scope.NewId(),
                Id,
                request.Channel,
                ConversationStatus.Open,
                DefaultQueue,
                null,
                Beginning(request.Text),
                request.DeviceId,
                scope.Now,
                scope.Now,
                Version: 0
            );
        return Say(scope, conversation, TimelineDirection.In, request.Author, request.Text);
    }

    public Reply<MessageStored> Handle(DecisionScope scope, PostMessage request)
    {
        if (Find(request.ConversationId) is not { } conversation)
            return ConversationClosed(request.ConversationId);
        return request.Internal
            ? Say(scope, conversation, TimelineDirection.Internal, request.Author, request.Text)
            : Answer(scope, conversation, request);
    }

    public Reply<Conversation> Handle(DecisionScope scope, ChangeConversation request)
    {
        if (Find(request.ConversationId) is not { } conversation)
            return ConversationClosed(request.ConversationId);
        if (request.ExpectedVersion is { } expected && expected != conversation.Version)
            return Rejection.Stale("Conversation", expected, conversation.Version);
        return Keep(
            scope,
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
    private MessageStored Answer(DecisionScope scope, Conversation conversation, PostMessage request)
    {
        if (request.IsByPerson)
        {
            conversation = conversation with { FirstRespondedAt = conversation.FirstRespondedAt ?? scope.Now };
            if (conversation.CaseId is { } caseId)
                scope.Emit(new Tell(new GrainLetter(scope.NewId(), new CustomerAnswered(Id, caseId, scope.Now))));
        }
        MessageStored stored = Say(scope, conversation, TimelineDirection.Out, request.Author, request.Text);
        Push(scope, stored.Message);
        return stored;
    }

    private MessageStored Say(DecisionScope scope, Conversation conversation, TimelineDirection direction, string author, string text)
    {
        (string kind, string says, MessageState messageState) = direction switch
        {
            TimelineDirection.In => (TimelineKind.MessageReceived, SentenceKinds.MessageReceived, MessageState.Received),
            TimelineDirection.Out => (TimelineKind.MessageSent, SentenceKinds.MessageAnswered, MessageState.Sent),
            _ => (TimelineKind.NoteAdded, SentenceKinds.Note, MessageState.Sent),
        };
        bool isSaid = direction is not TimelineDirection.Internal;
        Conversation changed = Keep(
            scope,
            isSaid ? conversation with { LastMessageAt = scope.Now, LastMessage = Beginning(text) } : conversation
        );
        ConversationMessage message = new(scope.NewId(), conversation.Id, scope.Now, direction, author, text, messageState);
        scope.Emit(new AppendMessage(message, Id));
        scope.Emit(
            new AppendTimeline(
                Entry(
                    scope,
                    kind,
                    conversation.Channel,
                    direction,
                    author,
                    scope.Now,
                    Sentence.Of(says),
                    text,
                    new TimelineRefs(ConversationId: conversation.Id, DeviceId: conversation.DeviceId, CaseId: conversation.CaseId)
                )
            )
        );
        return new MessageStored(changed, message);
    }

    /// <summary>
    /// An app that is connected gets the answer at once, on whatever channel the talk is; one that is away has it on the timeline.
    /// </summary>
    private void Push(DecisionScope scope, ConversationMessage message) =>
        SendDown(
            scope,
            PlatformTopics.Messages,
            JsonSerializer.SerializeToUtf8Bytes(message, OmniJson.Options),
            "message:" + message.Id,
            scope.Now + TimeSpan.FromDays(1)
        );

    private Conversation Keep(DecisionScope scope, Conversation conversation)
    {
        Conversation changed = conversation with { Version = conversation.Version + 1 };
        IEnumerable<Conversation> others = state.Facts.Conversations.Where(other => other.Id != conversation.Id);
        state.Facts = state.Facts with { Conversations = changed.Status is ConversationStatus.Open ? [.. others, changed] : [.. others] };
        scope.Emit(new PutConversation(changed));
        return changed;
    }

    private Conversation? Find(string conversationId) => state.Facts.Conversations.FirstOrDefault(open => open.Id == conversationId);

    private static Rejection ConversationClosed(string id) => Rejection.Conflict("ConversationClosed", $"Conversation '{id}' is closed.");

    /// <summary>Null leaves what is known, empty takes it away.</summary>
    private static string? Changed(string? known, string? wanted) =>
        wanted is null ? known
        : wanted.Length == 0 ? null
        : wanted;

    private static string Beginning(string text) => text.Length <= BeginningLength ? text : text[..(BeginningLength - 1)] + "…";
}
