using OmniIoT.Api.Problems;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Api.Conversations;

/// <summary>
/// What of a conversation is to change; what is missing stays. An empty assignee or subject takes it away, an empty caseId parts it from
/// its case.
/// </summary>
/// <param name="CaseId">The case that it is about, of the same person: answers count as its first response.</param>
/// <param name="SnoozedUntil">Out of sight until then, or until the customer writes; the status open ends it before.</param>
public sealed record ConversationPatch(
    ConversationStatus? Status,
    string? Assignee,
    string? Queue,
    string? Subject,
    string? CaseId,
    IReadOnlyList<string>? Tags,
    Instant? SnoozedUntil
)
{
    private const int MaximumTextLength = 200;
    private const int MaximumTags = 100;

    internal void AddTo(Mistakes mistakes)
    {
        if (Queue is "")
            mistakes.Add("/queue", Wrong.Empty);
        if (Queue?.Length > MaximumTextLength)
            mistakes.Add("/queue", Wrong.TooLong(MaximumTextLength));
        if (Subject?.Length > MaximumTextLength)
            mistakes.Add("/subject", Wrong.TooLong(MaximumTextLength));
        if (SnoozedUntil is not null && Status is ConversationStatus.Open or ConversationStatus.Closed)
            mistakes.Add("/snoozedUntil", "may not come with this status");
        if (Tags?.Count > MaximumTags)
            mistakes.Add("/tags", Wrong.TooMany(MaximumTags));
        for (int i = 0; i < Tags?.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Tags[i]) || Tags[i].Length > MaximumTextLength)
                mistakes.Add($"/tags/{i}", Wrong.Length(MaximumTextLength));
        }
    }
}

/// <summary>A conversation with its newest messages, oldest first.</summary>
public sealed record ConversationView
{
    /// <summary>More are in the list of messages.</summary>
    public const int MostMessages = 200;

    public required string Id { get; init; }

    public required long Number { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>Of the customer's last message.</summary>
    public required string Channel { get; init; }

    /// <summary>All that were used in it.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    public required ConversationStatus Status { get; init; }

    public required string Queue { get; init; }

    public required string? Assignee { get; init; }

    public required string? Subject { get; init; }

    public required string? CaseId { get; init; }

    public required string? DeviceId { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant? FirstRespondedAt { get; init; }

    public required Instant LastMessageAt { get; init; }

    /// <summary>What the customer was promised.</summary>
    public required SlaClock Sla { get; init; }

    /// <summary>Since when the customer waits for a person's answer.</summary>
    public required Instant? WaitingSince { get; init; }

    public required Instant? SnoozedUntil { get; init; }

    public required Instant? ClosedAt { get; init; }

    /// <summary>The conversation that its words are read with since they were made one.</summary>
    public required string? MergedInto { get; init; }

    public required int Version { get; init; }

    public required IReadOnlyList<ConversationMessage> Messages { get; init; }

    public static ConversationView Of(Conversation conversation, IReadOnlyList<ConversationMessage> messages) =>
        new()
        {
            Id = conversation.Id,
            Number = conversation.Number,
            CustomerId = conversation.CustomerId,
            Channel = conversation.Channel,
            Channels = conversation.Channels,
            Status = conversation.Status,
            Queue = conversation.Queue,
            Assignee = conversation.Assignee,
            Subject = conversation.Subject,
            CaseId = conversation.CaseId,
            DeviceId = conversation.DeviceId,
            Tags = conversation.Tags,
            OpenedAt = conversation.OpenedAt,
            FirstRespondedAt = conversation.FirstRespondedAt,
            LastMessageAt = conversation.LastMessageAt,
            Sla = conversation.Sla,
            WaitingSince = conversation.WaitingSince,
            SnoozedUntil = conversation.SnoozedUntil,
            ClosedAt = conversation.ClosedAt,
            MergedInto = conversation.MergedInto,
            Version = conversation.Version,
            Messages = messages,
        };
}
