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
public sealed record TimelineRefs(
    string? CaseId = null,
    string? DeviceId = null,
    string? AlarmId = null,
    string? ConversationId = null,
    string? CampaignId = null,
    string? OfferId = null,
    string? WorkOrderId = null,
    string? SiteId = null,
    string? FenceId = null
)
{
    public static TimelineRefs None { get; } = new();
}

/// <summary>
/// One thing that happened between a customer and the company, on whatever channel.
/// <see cref="At"/> is when it happened (device time), <see cref="RecordedAt"/> when we learned of it.
/// </summary>
/// <param name="CustomerId">Whose timeline; null when it concerns a device that nobody owns.</param>
/// <param name="Kind">One of <see cref="TimelineKind"/>.</param>
/// <param name="Channel">Where it happened: <c>device</c>, <c>console</c>, <c>webchat</c>, <c>place</c>, <c>app</c>, <c>api</c>, …</param>
/// <param name="Actor">Who did it: <c>device:press-7</c>, <c>agent:aygun</c>, <c>customer:c1</c>, <c>system</c>.</param>
public sealed record TimelineEntry(
    string Id,
    string? CustomerId,
    Instant At,
    Instant RecordedAt,
    string Kind,
    string Channel,
    TimelineDirection Direction,
    string Actor,
    string Title,
    string? Text,
    TimelineRefs Refs,
    JsonObject Data
);
