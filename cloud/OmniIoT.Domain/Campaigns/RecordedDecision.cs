using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Campaigns;

/// <summary>An offer that was or was not sent, and why, as it is kept.</summary>
public sealed record RecordedDecision
{
    public required string Id { get; init; }

    public required Instant At { get; init; }

    public required string CampaignId { get; init; }

    public required string? FenceId { get; init; }

    public required OfferOutcome Outcome { get; init; }

    public required OfferReason Reason { get; init; }

    public required string? OfferId { get; init; }

    public required JsonObject Inputs { get; init; }
}
