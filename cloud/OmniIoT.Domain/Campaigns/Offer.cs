using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Campaigns;

/// <summary>An offer as it went to one customer.</summary>
/// <param name="SiteId">Where it was earned and is redeemed.</param>
/// <param name="Code">What the customer shows to redeem it, see <see cref="OfferCode"/>.</param>
/// <param name="ExpiresAt">First moment at which it can no longer be redeemed.</param>
public sealed record Offer(
    string Id,
    string CampaignId,
    string CustomerId,
    string SiteId,
    string Title,
    string Text,
    string Code,
    Instant SentAt,
    Instant ExpiresAt,
    OfferState State
);

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
