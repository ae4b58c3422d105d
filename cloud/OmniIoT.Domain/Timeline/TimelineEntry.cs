using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Timeline;

public enum TimelineDirection
{
    In,
    Out,
    Internal,
}

/// <summary>What an entry is about; every field may be missing.</summary>
public sealed record TimelineRefs
{
    public string? CaseId { get; init; }

    public string? DeviceId { get; init; }

    public string? AlarmId { get; init; }

    public string? ConversationId { get; init; }

    public string? CampaignId { get; init; }

    public string? OfferId { get; init; }

    public string? WorkOrderId { get; init; }

    public string? SiteId { get; init; }

    public string? FenceId { get; init; }

    public static TimelineRefs None { get; } = new();
}

/// <summary>
/// One thing that happened between a customer and the company, on whatever channel.
/// <see cref="At"/> is when it happened (device time), <see cref="RecordedAt"/> when we learned of it.
/// </summary>
public sealed record TimelineEntry
{
    public required string Id { get; init; }

    /// <summary>Whose timeline; null when it concerns a device that nobody owns.</summary>
    public required string? CustomerId { get; init; }

    public required Instant At { get; init; }

    public required Instant RecordedAt { get; init; }

    /// <summary>One of <see cref="TimelineKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it happened: <c>device</c>, <c>console</c>, <c>webchat</c>, <c>place</c>, <c>app</c>, <c>api</c>, …</summary>
    public required string Channel { get; init; }

    public required TimelineDirection Direction { get; init; }

    /// <summary>Who did it: <c>device:press-7</c>, <c>agent:aygun</c>, <c>customer:c1</c>, <c>system</c>.</summary>
    public required string Actor { get; init; }

    public required string Title { get; init; }

    public required string? Text { get; init; }

    public required TimelineRefs Refs { get; init; }

    public required JsonObject Data { get; init; }
}
