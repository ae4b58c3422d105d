using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Campaigns;

/// <summary>An offer that was or was not sent, and why, as it is kept.</summary>
public sealed record RecordedDecision(
    string Id,
    Instant At,
    string CampaignId,
    string? FenceId,
    OfferOutcome Outcome,
    OfferReason Reason,
    string? OfferId,
    JsonObject Inputs
);
