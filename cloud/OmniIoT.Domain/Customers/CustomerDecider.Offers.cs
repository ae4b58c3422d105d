using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

/// <summary>What an offer's decision needs to know that the customer's grain does not remember.</summary>
/// <param name="OffersSent">Offers that each campaign had sent to anyone when the batch began; campaigns that are missing sent
/// none.</param>
/// <param name="OffersOfOthers">Offers sent to the other customers that are the same person.</param>
public sealed record OfferSurroundings(
    Suppression Troubles,
    IReadOnlyCollection<string> OwnedModels,
    IReadOnlyDictionary<string, long> OffersSent,
    IReadOnlyCollection<PastOffer> OffersOfOthers
);

public sealed partial class CustomerDecider
{
    internal const string OfferReference = "offer:";

    /// <summary>Caps and cooldowns look back at most this far; an older offer is forgotten.</summary>
    private static readonly TimeSpan HistoryKept = TimeSpan.FromDays(400);

    private const int HistoryMost = 1000;

    /// <summary>The campaigns that wait for what has happened since the last call.</summary>
    public IReadOnlyList<(Campaign Campaign, VisitEvent Event)> TakeTriggered()
    {
        if (_triggered.Count == 0)
            return [];
        List<(Campaign, VisitEvent)> taken = [.. _triggered];
        _triggered.Clear();
        return taken;
    }

    /// <summary>Decides on one offer, and writes the decision down whatever it is.</summary>
    public void Decide(DecisionScope scope, Campaign campaign, VisitEvent visit, OfferSurroundings surroundings)
    {
        OfferDecision decision = OfferDecision.Decide(
            campaign,
            OfferTrigger.From(visit),
            Facts(surroundings),
            scope.Settings.Offers,
            surroundings.OffersSent.GetValueOrDefault(campaign.Id) + scope.OffersSent.GetValueOrDefault(campaign.Id),
            scope.Now
        );
        Offer? offer = decision.Outcome is OfferOutcome.Sent ? Send(scope, campaign, visit) : null;
        RecordedDecision recorded = new(
            scope.NewId(),
            scope.Now,
            campaign.Id,
            visit.FenceId,
            decision.Outcome,
            decision.Reason,
            offer?.Id,
            decision.Inputs
        );
        scope.Emit(new AppendDecision(Id, recorded));
    }

    /// <summary>How an offer's way to the app goes.</summary>
    public void DownlinkProgressed(DecisionScope scope, string reference, bool acknowledged)
    {
        if (!acknowledged || !reference.StartsWith(OfferReference, StringComparison.Ordinal))
            return;
        if (FindOffer(reference[OfferReference.Length..]) is { State: OfferState.Sent } offer)
            Move(scope, OfferLifecycle.Deliver(offer, scope.Now), TimelineKind.OfferDelivered, "app", SentenceKinds.OfferDelivered);
    }

    public Reply<Offer> Handle(DecisionScope scope, RedeemOffer request)
    {
        if (FindOffer(request.OfferId) is not { } offer)
            return OfferIsOver(request.OfferId);
        OfferMove move = OfferLifecycle.Redeem(offer, request.Code, request.SiteId, scope.Now);
        return Move(scope, move, TimelineKind.OfferRedeemed, "place", SentenceKinds.OfferRedeemed);
    }

    public Reply<Offer> Handle(DecisionScope scope, OpenOffer request)
    {
        if (FindOffer(request.OfferId) is not { } offer)
            return OfferIsOver(request.OfferId);
        return offer.State is OfferState.Opened
            ? offer
            : Move(scope, OfferLifecycle.Open(offer, scope.Now), TimelineKind.OfferOpened, "app", SentenceKinds.OfferOpened);
    }

    private void ExpireOffers(DecisionScope scope)
    {
        foreach (Offer offer in state.Facts.Offers.Where(offer => offer.ExpiresAt <= scope.Now).ToList())
            Move(scope, OfferLifecycle.Expire(offer, scope.Now), TimelineKind.OfferExpired, "app", SentenceKinds.OfferExpired);
    }

    private Offer Send(DecisionScope scope, Campaign campaign, VisitEvent visit)
    {
        Site site = scope.Catalog.Sites.GetValueOrDefault(visit.SiteId) ?? new Site(visit.SiteId, visit.SiteId);
        OfferRecipient recipient = new(Id, Known.Name, TimeZone);
        Offer offer = OfferWriting.Write(campaign, recipient, site, scope.NewId(), scope.NewOfferCode(), scope.Now);
        state.Facts = state.Facts with
        {
            Offers = [.. state.Facts.Offers, offer],
            History =
            [
                .. state.Facts.History.Where(past => scope.Now - past.SentAt < HistoryKept).TakeLast(HistoryMost - 1),
                new PastOffer(campaign.Id, visit.VisitId, scope.Now),
            ],
        };
        scope.Emit(new PutOffer(offer));
        if (campaign.Budget is { } budget)
            scope.Emit(new SpendBudget(campaign.Id, budget));
        scope.OffersSent[campaign.Id] = scope.OffersSent.GetValueOrDefault(campaign.Id) + 1;
        scope.Emit(
            new AppendTimeline(
                Entry(
                    scope,
                    TimelineKind.OfferSent,
                    "app",
                    TimelineDirection.Out,
                    "system",
                    scope.Now,
                    offer.Title,
                    offer.Text,
                    Refs(offer) with
                    {
                        FenceId = visit.FenceId,
                    },
                    Data(offer)
                )
            )
        );
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(offer with { CustomerId = Known.Id }, OmniJson.Options);
        SendDown(scope, PlatformTopics.Offers, payload, OfferReference + offer.Id, offer.ExpiresAt);
        return offer;
    }

    private Reply<Offer> Move(DecisionScope scope, OfferMove move, string kind, string channel, string says)
    {
        if (move.Offer is not { } offer)
            return Explain(move.Rejection!);
        bool isOver = offer.State is OfferState.Redeemed or OfferState.Expired;
        state.Facts = state.Facts with
        {
            Offers = [.. state.Facts.Offers.Where(other => other.Id != offer.Id), .. isOver ? Array.Empty<Offer>() : [offer]],
        };
        scope.Emit(new PutOffer(offer));
        bool isExpired = offer.State is OfferState.Expired;
        TimelineDirection direction = isExpired ? TimelineDirection.Internal : TimelineDirection.In;
        scope.Emit(
            new AppendTimeline(
                Entry(
                    scope,
                    kind,
                    channel,
                    direction,
                    isExpired ? "system" : Actor,
                    scope.Now,
                    Sentence.Of(says),
                    offer.Title,
                    Refs(offer),
                    Data(offer)
                )
            )
        );
        return offer;
    }

    private CustomerFacts Facts(OfferSurroundings surroundings)
    {
        Customer customer = Known;
        return new CustomerFacts
        {
            CustomerId = customer.Id,
            ConsentsToLocation = customer.Consent.Location,
            ConsentsToOffers = customer.Consent.Offers,
            TimeZone = TimeZone,
            Tags = customer.Tags.ToList(),
            OwnedModels = surroundings.OwnedModels,
            Troubles = surroundings.Troubles,
            History = [.. state.Facts.History, .. surroundings.OffersOfOthers],
        };
    }

    private TimeZoneInfo TimeZone =>
        Known.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : TimeZoneInfo.Utc;

    private Offer? FindOffer(string id) => state.Facts.Offers.FirstOrDefault(offer => offer.Id == id);

    private static TimelineRefs Refs(Offer offer) => new(CampaignId: offer.CampaignId, OfferId: offer.Id, SiteId: offer.SiteId);

    private static JsonObject Data(Offer offer) => new() { ["code"] = offer.Code, ["expiresAt"] = offer.ExpiresAt.ToString() };

    private static Rejection OfferIsOver(string id) => Rejection.Conflict("OfferIsOver", $"Offer '{id}' was redeemed or has expired.");

    private static Rejection Explain(OfferRejection rejection) =>
        rejection switch
        {
            WrongCode => Rejection.Invalid("WrongCode", "This is not the offer's code.", "/code"),
            WrongSite wrong => Rejection.Invalid("WrongSite", $"The offer is redeemed at the site '{wrong.ExpectedSiteId}'.", "/siteId"),
            OfferAlreadyRedeemed => Rejection.Conflict("OfferAlreadyRedeemed", "The offer was redeemed before."),
            OfferExpired expired => Rejection.Conflict("OfferExpired", $"The offer expired at {expired.ExpiresAt}."),
            _ => Rejection.Conflict(rejection.GetType().Name, "The offer is not in a state that allows this."),
        };
}
