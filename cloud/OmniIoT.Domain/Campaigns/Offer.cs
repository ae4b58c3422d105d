using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Campaigns;

/// <summary>An offer as it went to one customer.</summary>
public sealed record Offer
{
    public required string Id { get; init; }

    public required string CampaignId { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>Where it was earned and is redeemed.</summary>
    public required string SiteId { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    /// <summary>What the customer shows to redeem it, see <see cref="OfferCode"/>.</summary>
    public required string Code { get; init; }

    public required Instant SentAt { get; init; }

    /// <summary>First moment at which it can no longer be redeemed.</summary>
    public required Instant ExpiresAt { get; init; }

    public required OfferState State { get; init; }
}

public enum OfferState
{
    /// <summary>Committed, on its way to the customer.</summary>
    Sent,

    /// <summary>The customer's app acknowledged it.</summary>
    Delivered,

    /// <summary>The customer looked at it.</summary>
    Opened,

    /// <summary>Used; final.</summary>
    Redeemed,

    /// <summary>Ran out unused; final.</summary>
    Expired,
}
