using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

public sealed partial class CustomerDecider
{
    private const string DefaultQueue = "support";

    /// <summary>Of five: the customer satisfaction score counts 1 and 2 as dissatisfied.</summary>
    private const double WorstScores = 2;

    /// <summary>Creates the customer.</summary>
    public static CustomerDecider Create(
        DecisionScope scope,
        string id,
        PutCustomerData request,
        VisitTracker tracker
    )
    {
        Customer customer = new(
            id,
            request.Name,
            request.Locale,
            request.TimeZone,
            request.Tags,
            request.Consent,
            request.Identities,
            scope.Now,
            Version: 1
        );
        CustomerDecider grain = new(
            new CustomerState(new CustomerMemory { Customer = customer }, VisitState.Empty),
            tracker
        );
        scope.Emit(new PutCustomer(customer));
        if (request.Consent != new Consent())
            grain.WriteConsent(scope, new Consent(), request.Consent, request.Actor);
        return grain;
    }

    public Reply<CustomerStored> Replace(DecisionScope scope, PutCustomerData request)
    {
        Customer known = state.Facts.Customer;
        if (request.ExpectedVersion is { } expected && expected != known.Version)
            return Rejection.Stale("Customer", expected, known.Version);
        Customer changed = known with
        {
            Name = request.Name,
            Locale = request.Locale,
            TimeZone = request.TimeZone,
            Tags = request.Tags,
            Consent = request.Consent,
            Identities = request.Identities,
            Version = known.Version + 1,
        };
        state.Facts = state.Facts with { Customer = changed };
        scope.Emit(new PutCustomer(changed));
        if (known.Consent != changed.Consent)
            WriteConsent(scope, known.Consent, changed.Consent, request.Actor);
        ObeyConsent(scope);
        return new CustomerStored(changed, Created: false);
    }

    public Reply<TimelineEntry> Handle(DecisionScope scope, AddTimelineEntry request)
    {
        TimelineEntry entry = Entry(
            scope,
            request.Kind,
            request.Channel,
            request.Direction,
            request.Actor,
            request.At ?? scope.Now,
            request.Title,
            request.Text,
            request.Refs,
            request.Data?.DeepClone().AsObject()
        );
        scope.Emit(new AppendTimeline(entry));
        if (
            entry.Kind == TimelineKind.SurveyAnswered
            && entry.Data["score"] is JsonValue value
            && value.TryGetValue(out double score)
        )
            state.Facts = state.Facts with { IsDissatisfied = score <= WorstScores };
        return entry;
    }

    public Reply<Case> Handle(DecisionScope scope, OpenCase request) =>
        scope.Open(
            Id,
            null,
            [],
            request.Title,
            request.Priority,
            request.Queue,
            null,
            request.OpenedBy,
            request.Actor,
            scope.Now,
            scope.Now
        );

    // Cases that no device is behind; each as it stands in storage.
    public static Reply<Case> Handle(DecisionScope scope, ChangeCase request, Case stored) =>
        scope.Change(stored, request);

    public static Reply<Case> Handle(DecisionScope scope, ResolveCase request, Case stored) =>
        scope.Resolve(stored, request, verify: false, scope.Now);

    public static Reply<TimelineEntry> Handle(DecisionScope scope, NoteCase request, Case stored) =>
        scope.Note(stored, request);

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
                Subject(request.Text),
                request.DeviceId,
                scope.Now,
                scope.Now,
                Version: 0
            );
        return Say(scope, conversation, TimelineDirection.In, request.Author, request.Text);
    }

    public Reply<MessageStored> Handle(DecisionScope scope, PostMessage request)
    {
        if (
            state.Facts.Conversations.FirstOrDefault(open => open.Id == request.ConversationId)
            is not { } conversation
        )
            return Rejection.Conflict(
                "ConversationClosed",
                $"Conversation '{request.ConversationId}' is closed."
            );
        return Say(scope, conversation, TimelineDirection.Out, request.Author, request.Text);
    }

    public Reply<Conversation> Handle(DecisionScope scope, ChangeConversation request)
    {
        if (
            state.Facts.Conversations.FirstOrDefault(open => open.Id == request.ConversationId)
            is not { } conversation
        )
            return Rejection.Conflict(
                "ConversationClosed",
                $"Conversation '{request.ConversationId}' is closed."
            );
        if (request.ExpectedVersion is { } expected && expected != conversation.Version)
            return Rejection.Stale("Conversation", expected, conversation.Version);
        Conversation changed = conversation with
        {
            Status = request.Status ?? conversation.Status,
            Assignee =
                request.Assignee is null ? conversation.Assignee
                : request.Assignee.Length == 0 ? null
                : request.Assignee,
            Version = conversation.Version + 1,
        };
        Keep(scope, changed);
        return changed;
    }

    private MessageStored Say(
        DecisionScope scope,
        Conversation conversation,
        TimelineDirection direction,
        string author,
        string text
    )
    {
        bool isTheirs = direction is TimelineDirection.In;
        Conversation changed = conversation with
        {
            LastMessageAt = scope.Now,
            Version = conversation.Version + 1,
        };
        Keep(scope, changed);
        ConversationMessage message = new(
            scope.NewId(),
            conversation.Id,
            scope.Now,
            direction,
            author,
            text,
            isTheirs ? MessageState.Received : MessageState.Sent
        );
        scope.Emit(new AppendMessage(message, Id));
        scope.Emit(
            new AppendTimeline(
                Entry(
                    scope,
                    isTheirs ? TimelineKind.MessageReceived : TimelineKind.MessageSent,
                    conversation.Channel,
                    direction,
                    author,
                    scope.Now,
                    isTheirs ? "Wrote" : "Answered",
                    text,
                    new TimelineRefs(
                        ConversationId: conversation.Id,
                        DeviceId: conversation.DeviceId
                    )
                )
            )
        );
        if (!isTheirs)
            Push(scope, message);
        return new MessageStored(changed, message);
    }

    /// <summary>An app that is connected gets the answer at once, on whatever channel the talk is; one that is away has it on the timeline.</summary>
    private void Push(DecisionScope scope, ConversationMessage message) =>
        SendDown(
            scope,
            Topics.Messages,
            JsonSerializer.SerializeToUtf8Bytes(message, OmniJson.Options),
            "message:" + message.Id,
            scope.Now + TimeSpan.FromDays(1)
        );

    private void Keep(DecisionScope scope, Conversation conversation)
    {
        IEnumerable<Conversation> others = state.Facts.Conversations.Where(other =>
            other.Id != conversation.Id
        );
        state.Facts = state.Facts with
        {
            Conversations =
                conversation.Status is ConversationStatus.Open
                    ? [.. others, conversation]
                    : [.. others],
        };
        scope.Emit(new PutConversation(conversation));
    }

    private void WriteConsent(DecisionScope scope, Consent before, Consent after, string actor)
    {
        JsonObject data = new()
        {
            ["before"] = JsonSerializer.SerializeToNode(before, OmniJson.Options),
            ["after"] = JsonSerializer.SerializeToNode(after, OmniJson.Options),
        };
        scope.Emit(
            new AppendTimeline(
                Entry(
                    scope,
                    TimelineKind.ConsentChanged,
                    "api",
                    TimelineDirection.Internal,
                    actor,
                    scope.Now,
                    "Consent changed",
                    Describe(after),
                    TimelineRefs.None,
                    data
                )
            )
        );
    }

    private static string Describe(Consent consent)
    {
        string[] given =
        [
            .. new[]
            {
                (consent.Location, "location"),
                (consent.Offers, "offers"),
                (consent.Email, "e-mail"),
                (consent.Sms, "SMS"),
            }
                .Where(pair => pair.Item1)
                .Select(pair => pair.Item2),
        ];
        return given.Length == 0 ? "Nothing is allowed" : "Allowed: " + string.Join(", ", given);
    }

    private static string Subject(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
