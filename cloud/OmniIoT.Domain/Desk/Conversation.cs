using OmniIoT.Devices.Time;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Desk;

public enum ConversationStatus
{
    Open,
    Closed,
}

public enum MessageState
{
    Received,

    /// <summary>On its way out: in the outbox.</summary>
    Queued,
    Sent,
    Delivered,
    Read,
    Failed,
}

/// <summary>A talk with a customer on one channel; its words also stand on the timeline.</summary>
public sealed record Conversation
{
    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public required string Channel { get; init; }

    public required ConversationStatus Status { get; init; }

    public required string Queue { get; init; }

    public required string? Assignee { get; init; }

    /// <summary>The beginning of the first message.</summary>
    public required string? Subject { get; init; }

    public required string? DeviceId { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant LastMessageAt { get; init; }

    public required int Version { get; init; }

    /// <summary>The beginning of the newest message between customer and company; null where that was written before it was kept.</summary>
    public string? LastMessage { get; init; }

    /// <summary>The case that the talk is about; null: none.</summary>
    public string? CaseId { get; init; }

    /// <summary>When a person of the company first answered; null while nobody did.</summary>
    public Instant? FirstRespondedAt { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>
/// One message. <see cref="Direction"/> <c>in</c> is the customer's, <c>out</c> the company's, <c>internal</c> a note that the customer
/// never sees.
/// </summary>
public sealed record ConversationMessage(
    string Id,
    string ConversationId,
    Instant At,
    TimelineDirection Direction,
    string Author,
    string Text,
    MessageState State
)
{
    /// <summary>Whether it is a note for the company only.</summary>
    public bool Internal => Direction is TimelineDirection.Internal;
}
