using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Domain.Desk;

public enum ConversationStatus
{
    Open,

    /// <summary>Open, and out of sight until <see cref="Conversation.SnoozedUntil"/> or the customer's next words.</summary>
    Snoozed,
    Closed,
}

/// <summary>
/// A talk with a customer, whatever channels its words come and go by; they also stand on the timeline. A customer has at most one that
/// is not closed.
/// </summary>
public sealed record Conversation
{
    public required string Id { get; init; }

    /// <summary>For people; rises. 0 only in snapshots of before there were numbers.</summary>
    public long Number { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>Of the customer's last message; until they wrote, where the company began.</summary>
    public required string Channel { get; init; }

    /// <summary>All that were used in it, in the order of their first use.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    public required ConversationStatus Status { get; init; }

    public required string Queue { get; init; }

    public required string? Assignee { get; init; }

    /// <summary>What a mail said, else the beginning of the first message.</summary>
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

    /// <summary>Since when the customer waits for a person's answer; null while they do not.</summary>
    public Instant? WaitingSince { get; init; }

    /// <summary>When it comes back by itself; null: with the customer's next words.</summary>
    public Instant? SnoozedUntil { get; init; }

    /// <summary>Null while it is not closed, and where that was before it was kept.</summary>
    public Instant? ClosedAt { get; init; }

    /// <summary>The conversation that its words are read with; null: it stands for itself.</summary>
    public string? MergedInto { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What its customer was promised.</summary>
    public SlaClock Sla { get; init; } = SlaClock.None;

    /// <summary>
    /// When the customer came, while no person has answered since; null: somebody has, or the company began.
    /// </summary>
    [Inner]
    public Instant? ContactAt { get; init; }

    /// <summary>How far a bot came in it; null: none spoke.</summary>
    [Inner]
    public BotTalk? Bot { get; init; }

    /// <summary>Whether a bot answers it, so that nobody waits for a person; who writes where no bot listens does.</summary>
    [JsonIgnore]
    public bool IsWithBot => Assignee is null && WaitingSince is null && Bot is { HandedOver: false };

    /// <summary>The call whose menu answers; null: none does.</summary>
    [Inner]
    public string? MenuCall { get; init; }

    /// <summary>Whether a voice menu answers it, so that nobody waits for a person.</summary>
    [JsonIgnore]
    public bool IsInMenu => Assignee is null && MenuCall is not null && WaitingSince is null;

    /// <summary>How it waits for an agent.</summary>
    [Inner]
    public RoutingState Routing { get; init; } = new();

    /// <summary>The last deeds of triggers and macros that came by letter.</summary>
    [Inner]
    public IReadOnlyList<string> Deeds { get; init; } = [];
}
