using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Campaigns;

/// <summary>When, where and to whom an offer goes, and what it says. Read by <see cref="CampaignParser"/>.</summary>
public sealed record Campaign
{
    /// <summary>How long an offer is valid when the campaign does not say.</summary>
    public static TimeSpan DefaultExpires { get; } = TimeSpan.FromHours(24);

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Fences of the triggers enter, dwell and exit; empty when there are none.</summary>
    public IReadOnlyList<string> FenceIds { get; init; } = [];

    /// <summary>Beacons, or in-store scanners, of the trigger near; empty when there are none.</summary>
    public IReadOnlyList<string> BeaconIds { get; init; } = [];

    public required CampaignTrigger Trigger { get; init; }

    /// <summary>How long a visit must last for the trigger dwell. Default 0: as soon as it begins.</summary>
    public TimeSpan Dwell { get; init; }

    public Audience Audience { get; init; } = Audience.Everyone;

    /// <summary>First moment; null is no beginning.</summary>
    public Instant? StartsAt { get; init; }

    /// <summary>First moment after the campaign; null is no end.</summary>
    public Instant? EndsAt { get; init; }

    /// <summary>Days and hours in the customer's time zone; null is always.</summary>
    public WeeklyHours? Hours { get; init; }

    /// <summary>At most so many offers of this campaign per customer; null is no cap.</summary>
    public FrequencyCap? Cap { get; init; }

    /// <summary>Shortest time between two offers of this campaign to one customer. Default 0.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>Share of customers, 0–100, who never get an offer, to compare with. Default 0.</summary>
    public double HoldoutPercent { get; init; }

    /// <summary>At most so many offers over all customers; 0 is none at all, null is no limit.</summary>
    public long? Budget { get; init; }

    /// <summary>What about the customer holds an offer back. Default nothing.</summary>
    public Suppression SuppressOn { get; init; }

    public required OfferContent Content { get; init; }

    /// <summary>How long an offer is valid. Default 24 h.</summary>
    public TimeSpan Expires { get; init; } = DefaultExpires;

    /// <summary>True when this event of a visit is what the campaign waits for.</summary>
    public bool IsTriggeredBy(VisitEvent visitEvent) =>
        visitEvent switch
        {
            { BeaconId: { } beacon } => Trigger is CampaignTrigger.Near && visitEvent is VisitEntered && BeaconIds.Contains(beacon),
            VisitEntered => IsAt(visitEvent.FenceId)
                && (Trigger is CampaignTrigger.Enter || (Trigger is CampaignTrigger.Dwell && Dwell == TimeSpan.Zero)),
            VisitDwelled dwelled => Trigger is CampaignTrigger.Dwell && dwelled.Dwell == Dwell && IsAt(visitEvent.FenceId),
            VisitExited => Trigger is CampaignTrigger.Exit && IsAt(visitEvent.FenceId),
            _ => false,
        };

    private bool IsAt(string? fenceId) => fenceId is not null && FenceIds.Contains(fenceId);
}

/// <summary>Whom a campaign addresses. Tests that are empty hold for everyone.</summary>
/// <param name="TagsAny">The customer has one of these tags.</param>
/// <param name="TagsNone">The customer has none of these tags.</param>
/// <param name="OwnsModels">The customer owns a device of one of these models.</param>
public sealed record Audience(IReadOnlyList<string> TagsAny, IReadOnlyList<string> TagsNone, IReadOnlyList<string> OwnsModels)
{
    /// <summary>What the customer must have bought and not brought back; null: nothing.</summary>
    public Bought? Bought { get; init; }

    public static Audience Everyone { get; } = new([], [], []);
}

/// <summary>A purchase that an audience asks for.</summary>
/// <param name="SiteId">Where; null: anywhere.</param>
/// <param name="Since">Null: ever, as far as it is remembered.</param>
public sealed record Bought(string Sku, string? SiteId, Instant? Since)
{
    public bool Is(PastPurchase purchase) =>
        !purchase.IsReturned
        && purchase.Sku == Sku
        && (SiteId is null || purchase.SiteId == SiteId)
        && (Since is null || purchase.At >= Since);
}

/// <summary>At most <paramref name="PerCustomer"/> offers within <paramref name="Within"/>; null is ever.</summary>
public sealed record FrequencyCap(int PerCustomer, TimeSpan? Within);

/// <summary>What is true of a customer that should not be advertised to now.</summary>
[Flags]
public enum Suppression
{
    None = 0,

    /// <summary>One of their cases is not resolved.</summary>
    OpenCase = 1,

    /// <summary>One of their devices has an active critical alarm.</summary>
    CriticalAlarm = 2,

    /// <summary>Their last answer to a survey was bad.</summary>
    LowSatisfaction = 4,

    /// <summary>A low score of theirs is being followed up; it counts for every campaign.</summary>
    FollowUp = 8,
}

/// <summary>What the offer says; the names are those of <see cref="TemplateNames.Offer"/>.</summary>
public sealed record OfferContent(Template Title, Template Text);
