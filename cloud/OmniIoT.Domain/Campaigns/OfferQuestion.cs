using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Campaigns;

/// <summary>One decision while it is worked out: the tests in their order, each writing down what it looked at.</summary>
internal sealed class OfferQuestion(
    Campaign campaign,
    OfferTrigger trigger,
    CustomerFacts customer,
    OfferSettings settings,
    long offersSent,
    Instant now
)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly (OfferReason Reason, Func<OfferQuestion, bool> Holds)[] Tests =
    [
        (OfferReason.Stale, question => question.IsStale()),
        (OfferReason.Duplicate, question => question.IsDuplicate()),
        (OfferReason.NoConsent, question => question.LacksConsent()),
        (OfferReason.Schedule, question => question.IsOffSchedule()),
        (OfferReason.Audience, question => question.IsOutsideAudience()),
        (OfferReason.Holdout, question => question.IsHeldOut()),
        (OfferReason.Suppressed, question => question.IsSuppressed()),
        (OfferReason.QuietHours, question => question.IsQuiet()),
        (OfferReason.Cooldown, question => question.IsCoolingDown()),
        (OfferReason.Cap, question => question.IsCapped()),
        (OfferReason.Budget, question => question.IsBudgetSpent()),
    ];

    private readonly JsonObject _inputs = [];
    private readonly DateTime _local = LocalTime.Of(now, customer.TimeZone);

    public OfferDecision Answer()
    {
        foreach ((OfferReason reason, Func<OfferQuestion, bool> holds) in Tests)
        {
            if (holds(this))
                return new OfferDecision(reason, _inputs);
        }

        return new OfferDecision(OfferReason.Sent, _inputs);
    }

    private IEnumerable<PastOffer> OffersOfCampaign => customer.History.Where(offer => offer.CampaignId == campaign.Id);

    private bool IsStale()
    {
        TimeSpan age = now - trigger.At;
        _inputs["ageSeconds"] = age.TotalSeconds;
        if (trigger.IsLate)
            _inputs["late"] = true;
        return trigger.IsLate || age > settings.StaleAfter;
    }

    private bool IsDuplicate()
    {
        _inputs["visitId"] = trigger.VisitId;
        return OffersOfCampaign.Any(offer => offer.VisitId == trigger.VisitId);
    }

    private bool LacksConsent()
    {
        _inputs["consent"] = new JsonObject { ["location"] = customer.ConsentsToLocation, ["offers"] = customer.ConsentsToOffers };
        return !customer.ConsentsToLocation || !customer.ConsentsToOffers;
    }

    private bool IsOffSchedule()
    {
        _inputs["localTime"] = _local.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        _inputs["timeZone"] = customer.TimeZone.Id;
        return now < campaign.StartsAt || now >= campaign.EndsAt || campaign.Hours?.Contains(_local) == false;
    }

    private bool IsOutsideAudience()
    {
        Audience audience = campaign.Audience;
        _inputs["tags"] = ArrayOf(customer.Tags);
        _inputs["ownedModels"] = ArrayOf(customer.OwnedModels);
        return (audience.TagsAny.Count > 0 && !audience.TagsAny.Intersect(customer.Tags).Any())
            || audience.TagsNone.Intersect(customer.Tags).Any()
            || (audience.OwnsModels.Count > 0 && !audience.OwnsModels.Intersect(customer.OwnedModels).Any())
            || IsWithoutPurchase(audience.Bought);
    }

    private bool IsWithoutPurchase(Bought? wanted)
    {
        if (wanted is null)
            return false;
        bool has = customer.Purchases.Any(wanted.Is);
        _inputs["bought"] = has;
        return !has;
    }

    private bool IsHeldOut()
    {
        double percentile = Holdout.PercentileOf(customer.CustomerId, campaign.Id);
        _inputs["holdoutPercentile"] = percentile;
        return percentile < campaign.HoldoutPercent;
    }

    private bool IsSuppressed()
    {
        Suppression found = customer.Troubles & (campaign.SuppressOn | Suppression.FollowUp);
        _inputs["suppressedBy"] = ArrayOf(
            Enum.GetValues<Suppression>()
                .Where(flag => flag != Suppression.None && found.HasFlag(flag))
                .Select(flag => JsonNamingPolicy.CamelCase.ConvertName(flag.ToString()))
        );
        return found != Suppression.None;
    }

    private bool IsQuiet()
    {
        _inputs["quietHours"] = settings.QuietHours?.ToString();
        return settings.QuietHours?.Contains(TimeOnly.FromDateTime(_local)) == true;
    }

    private bool IsCoolingDown()
    {
        PastOffer? last = OffersOfCampaign.MaxBy(offer => offer.SentAt);
        _inputs["secondsSinceLastOffer"] = last is null ? null : (now - last.SentAt).TotalSeconds;
        return last is not null && now - last.SentAt < campaign.Cooldown;
    }

    private bool IsCapped()
    {
        int ofCampaign = OffersOfCampaign.Count(offer => campaign.Cap?.Within is not { } within || now - offer.SentAt < within);
        int ofDay = customer.History.Count(offer => now - offer.SentAt < Day);
        _inputs["offersOfCampaign"] = ofCampaign;
        _inputs["offersInLastDay"] = ofDay;
        return ofCampaign >= campaign.Cap?.PerCustomer || ofDay >= settings.MaxPerDay;
    }

    private bool IsBudgetSpent()
    {
        _inputs["offersSent"] = offersSent;
        _inputs["budget"] = campaign.Budget;
        return offersSent >= campaign.Budget;
    }

    private static JsonArray ArrayOf(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];
}
