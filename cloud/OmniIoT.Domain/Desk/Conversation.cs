using OmniIoT.Devices;
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
    Sent,
    Delivered,
    Read,
    Failed,
}

/// <summary>A talk with a customer on one channel; its words also stand on the timeline.</summary>
public sealed record Conversation(
    string Id,
    string CustomerId,
    string Channel,
    ConversationStatus Status,
    string Queue,
    string? Assignee,
    string? Subject,
    string? DeviceId,
    Instant OpenedAt,
    Instant LastMessageAt,
    int Version
);

/// <summary>One message. <see cref="Direction"/> <c>in</c> is the customer's, <c>out</c> the company's.</summary>
public sealed record ConversationMessage(
    string Id,
    string ConversationId,
    Instant At,
    TimelineDirection Direction,
    string Author,
    string Text,
    MessageState State
);
