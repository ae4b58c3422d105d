using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Desk;

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

/// <summary>
/// One message. <see cref="Direction"/> <c>in</c> is the customer's, <c>out</c> the company's, <c>internal</c> a note that the customer
/// never sees.
/// </summary>
/// <param name="At">When it was written: by the provider's clock where it says so, never ahead of the arrival.</param>
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
    /// <summary>The channel's id.</summary>
    public string Channel { get; init; } = ChannelKinds.WebChat;

    /// <summary>The same words with their form, safe to show; null when they are plain.</summary>
    public string? Html { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Why it failed, or <c>maybeSentTwice</c>; null: nothing is wrong.</summary>
    public string? Error { get; init; }

    /// <summary>The provider's name for it; null while it has none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The message that it answers; null: none in particular.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Whom the channel was asked to reach; null where it needs no address.</summary>
    public Identity? To { get; init; }

    /// <summary>Agents whom a note names; nobody in other words.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>Whether it is a note for the company only.</summary>
    public bool Internal => Direction is TimelineDirection.Internal;

    /// <summary>What a report makes of it: its state only moves forwards, and what arrived does not fail any more.</summary>
    internal ConversationMessage After(MessageReport report)
    {
        ConversationMessage named = this with { ExternalId = report.ExternalId ?? ExternalId };
        bool isForwards =
            Direction is TimelineDirection.Out
            && State is not MessageState.Failed
            && (report.State is MessageState.Failed ? State < MessageState.Delivered : report.State > State);
        return isForwards ? named with { State = report.State, Error = report.Error ?? Error } : named;
    }
}
