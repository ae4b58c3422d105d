using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Places;

namespace OmniIoT.Domain.Campaigns;

/// <summary>What happened that a campaign waits for.</summary>
/// <param name="VisitId">The visit; a campaign makes one offer per visit.</param>
/// <param name="SiteId">Where.</param>
/// <param name="FenceId">The fence; null for a beacon.</param>
/// <param name="BeaconId">The beacon; null for a fence.</param>
/// <param name="At">When, in device time.</param>
public sealed record OfferTrigger(string VisitId, string SiteId, string? FenceId, string? BeaconId, Instant At)
{
    /// <summary>It became known when the customer was elsewhere already.</summary>
    public bool IsLate { get; init; }

    public static OfferTrigger From(VisitEvent visit) =>
        new(visit.VisitId, visit.SiteId, visit.FenceId, visit.BeaconId, visit.At) { IsLate = visit.LateFix is not null };
}

/// <summary>What is known of the customer when an offer is decided on.</summary>
public sealed record CustomerFacts
{
    public required string CustomerId { get; init; }

    /// <summary>May be located.</summary>
    public required bool ConsentsToLocation { get; init; }

    /// <summary>May be sent offers.</summary>
    public required bool ConsentsToOffers { get; init; }

    /// <summary>The customer's time zone; quiet hours and a campaign's hours run in it.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    public IReadOnlyCollection<string> Tags { get; init; } = [];

    /// <summary>Ids of the models of the devices that they own.</summary>
    public IReadOnlyCollection<string> OwnedModels { get; init; } = [];

    /// <summary>What they bought lately and did not bring back.</summary>
    public IReadOnlyCollection<PastPurchase> Purchases { get; init; } = [];

    /// <summary>What is true now of the things that a campaign may be suppressed on.</summary>
    public Suppression Troubles { get; init; }

    /// <summary>Offers sent before: at least those of this campaign within its cap and cooldown, and all of the last 24 hours.</summary>
    public IReadOnlyCollection<PastOffer> History { get; init; } = [];
}

/// <summary>An offer that was sent before.</summary>
public sealed record PastOffer(string CampaignId, string VisitId, Instant SentAt);

/// <summary>Rules over all campaigns.</summary>
public sealed record OfferSettings
{
    /// <summary>
    /// No offers within these hours of the customer's day (<c>OmniIoT:Offers:QuietHours</c>). Default 21:00–09:00; null is none.
    /// </summary>
    public DailyWindow? QuietHours { get; init; } = new(new TimeOnly(21, 0), new TimeOnly(9, 0));

    /// <summary>Offers of all campaigns to one customer within 24 hours (<c>OmniIoT:Offers:MaxPerDay</c>). Default 3.</summary>
    public int MaxPerDay { get; init; } = 3;

    /// <summary>What happened longer ago than this makes no offer (<c>OmniIoT:Offers:StaleAfter</c>). Default 15 min.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(15);
}
