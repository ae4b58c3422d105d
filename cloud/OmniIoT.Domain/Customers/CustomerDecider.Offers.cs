using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
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
    public void Decide(Decision decision, Campaign campaign, VisitEvent visit, OfferSurroundings surroundings)
    {
        OfferDecision judged = OfferDecision.Decide(
            campaign,
            OfferTrigger.From(visit),
            Facts(surroundings),
            decision.Moment.Settings.Offers,
            surroundings.OffersSent.GetValueOrDefault(campaign.Id) + decision.OffersSent.GetValueOrDefault(campaign.Id),
            decision.Moment.Now
        );
        Offer? offer = judged.Outcome is OfferOutcome.Sent ? Send(decision, campaign, visit) : null;
        RecordedDecision recorded = new()
        {
            Id = decision.Moment.NewId(),
            At = decision.Moment.Now,
            CampaignId = campaign.Id,
            FenceId = visit.FenceId,
            Outcome = judged.Outcome,
            Reason = judged.Reason,
            OfferId = offer?.Id,
            Inputs = judged.Inputs,
        };
        decision.Emit(new AppendDecision(Id, recorded));
    }

    /// <summary>
    /// How an offer's way to the app goes. All apps of a person get it; whose app has it tells who was made the offer.
    /// </summary>
    public void DownlinkProgressed(Decision decision, string reference, bool acknowledged)
    {
        if (!acknowledged || !reference.StartsWith(OfferReference, StringComparison.Ordinal))
            return;
        string id = reference[OfferReference.Length..];
        if (FindOffer(id) is { } offer)
            Deliver(decision, offer);
        else if (Person is not null)
            decision.Emit(new Tell(new GrainLetter(decision.Moment.NewId(), new OfferReceived(Id, id))));
    }

    /// <summary>An app of another of the person has an offer of this one.</summary>
    public void Handle(Decision decision, OfferReceived received)
    {
        if (FindOffer(received.OfferId) is { } offer)
            Deliver(decision, offer);
    }

    public Reply<Offer> Handle(Decision decision, RedeemOffer request)
    {
        if (FindOffer(request.OfferId) is not { } offer)
            return OfferIsOver(request.OfferId);
        OfferMove move = OfferLifecycle.Redeem(offer, request.Code, request.SiteId, decision.Moment.Now);
        return Move(decision, move, TimelineKind.OfferRedeemed, "place", SentenceKinds.OfferRedeemed);
    }

    public Reply<Offer> Handle(Decision decision, OpenOffer request)
    {
        if (FindOffer(request.OfferId) is not { } offer)
            return OfferIsOver(request.OfferId);
        return offer.State is OfferState.Opened
            ? offer
            : Move(decision, OfferLifecycle.Open(offer, decision.Moment.Now), TimelineKind.OfferOpened, "app", SentenceKinds.OfferOpened);
    }

    private void Deliver(Decision decision, Offer offer)
    {
        if (offer.State is OfferState.Sent)
            Move(
                decision,
                OfferLifecycle.Deliver(offer, decision.Moment.Now),
                TimelineKind.OfferDelivered,
                "app",
                SentenceKinds.OfferDelivered
            );
    }

    private void ExpireOffers(Decision decision)
    {
        foreach (Offer offer in state.Facts.Offers.Where(offer => offer.ExpiresAt <= decision.Moment.Now).ToList())
            Move(decision, OfferLifecycle.Expire(offer, decision.Moment.Now), TimelineKind.OfferExpired, "app", SentenceKinds.OfferExpired);
    }

    private Offer Send(Decision decision, Campaign campaign, VisitEvent visit)
    {
        Site site = decision.Moment.Catalog.Sites.GetValueOrDefault(visit.SiteId) ?? new Site(visit.SiteId, visit.SiteId);
        OfferRecipient recipient = new(Id, Known.Name, TimeZone);
        Offer offer = OfferWriting.Write(
            campaign,
            recipient,
            site,
            decision.Moment.NewId(),
            decision.Moment.NewOfferCode(),
            decision.Moment.Now
        );
        state.Facts = state.Facts with
        {
            Offers = [.. state.Facts.Offers, offer],
            History =
            [
                .. state.Facts.History.Where(past => decision.Moment.Now - past.SentAt < HistoryKept).TakeLast(HistoryMost - 1),
                new PastOffer(campaign.Id, visit.VisitId, decision.Moment.Now),
            ],
        };
        decision.Emit(new PutOffer(offer));
        if (campaign.Budget is { } budget)
            decision.Emit(new SpendBudget(campaign.Id, budget));
        decision.OffersSent[campaign.Id] = decision.OffersSent.GetValueOrDefault(campaign.Id) + 1;
        decision.Append(
            new Happening(TimelineKind.OfferSent, "system", offer.Title, offer.Text)
            {
                CustomerId = Id,
                At = decision.Moment.Now,
                Channel = "app",
                Direction = TimelineDirection.Out,
                Refs = Refs(offer) with { FenceId = visit.FenceId },
                Data = Data(offer),
            }
        );
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(offer with { CustomerId = Known.Id }, OmniJson.Options);
        SendDown(decision, PlatformTopics.Offers, payload, OfferReference + offer.Id, offer.ExpiresAt);
        return offer;
    }

    private Reply<Offer> Move(Decision decision, OfferMove move, string kind, string channel, string says)
    {
        if (move.Offer is not { } offer)
            return Explain(move.Rejection!);
        bool isOver = offer.State is OfferState.Redeemed or OfferState.Expired;
        state.Facts = state.Facts with
        {
            Offers = [.. state.Facts.Offers.Where(other => other.Id != offer.Id), .. isOver ? Array.Empty<Offer>() : [offer]],
        };
        decision.Emit(new PutOffer(offer));
        bool isExpired = offer.State is OfferState.Expired;
        decision.Append(
            new Happening(kind, isExpired ? "system" : Actor, Sentence.Of(says), offer.Title)
            {
                CustomerId = Id,
                At = decision.Moment.Now,
                Channel = channel,
                Direction = isExpired ? TimelineDirection.Internal : TimelineDirection.In,
                Refs = Refs(offer),
                Data = Data(offer),
            }
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
            Purchases = state.Facts.Purchases,
            Troubles = surroundings.Troubles,
            History = [.. state.Facts.History, .. surroundings.OffersOfOthers],
        };
    }

    private TimeZoneInfo TimeZone =>
        Known.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : TimeZoneInfo.Utc;

    private Offer? FindOffer(string id) => state.Facts.Offers.FirstOrDefault(offer => offer.Id == id);

    private static TimelineRefs Refs(Offer offer) =>
        new()
        {
            CampaignId = offer.CampaignId,
            OfferId = offer.Id,
            SiteId = offer.SiteId,
        };

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
