using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>What a customer is offered, what is remembered of it, and what becomes of an offer.</summary>
public sealed class CustomerOfferTests
{
    private readonly CustomerBench _bench = new();

    public CustomerOfferTests() => _bench.Scope.LookInto(Shop.Catalog(Shop.Week));

    [Fact]
    public void Who_comes_in_gets_an_offer_with_its_decision_its_entry_and_its_message()
    {
        _bench.Allow(0, location: true, offers: true);

        List<Effect> effects = ComeIn(10);

        Offer offer = Assert.Single(effects.OfType<PutOffer>()).Offer;
        Assert.Equal(
            ("Hello Ann", "ann", "shop", OfferState.Sent, At(10), At(10 + 3600)),
            (offer.Title, offer.CustomerId, offer.SiteId, offer.State, offer.SentAt, offer.ExpiresAt)
        );
        RecordedDecision decision = Assert.Single(effects.OfType<AppendDecision>()).Decision;
        Assert.Equal((OfferReason.Sent, offer.Id, "door"), (decision.Reason, decision.OfferId, decision.FenceId));
        TimelineEntry entry = Assert.Single(effects.OfType<AppendTimeline>()).Entry;
        Assert.Equal((TimelineKind.OfferSent, offer.Id, "door"), (entry.Kind, entry.Refs.OfferId, entry.Refs.FenceId));
        Downlink downlink = Assert.Single(effects.OfType<Enqueue>()).Downlink;
        Assert.Equal(("customers/ann/offers", offer.ExpiresAt), (downlink.Topic, downlink.ExpiresAt));
        Assert.Equal(offer, JsonSerializer.Deserialize<Offer>(downlink.Payload, OmniJson.Options));
    }

    [Fact]
    public void A_refusal_is_recorded_like_an_offer_and_sends_nothing()
    {
        _bench.Allow(0, location: true);

        List<Effect> effects = ComeIn(10);

        Assert.Equal(OfferReason.NoConsent, Assert.Single(effects.OfType<AppendDecision>()).Decision.Reason);
        Assert.Single(effects);
    }

    [Fact]
    public void What_happened_triggers_once()
    {
        _bench.Allow(0, location: true, offers: true);
        _bench.Send(10, Shop.Location, Shop.Inside);

        Assert.Single(_bench.Grain.TakeTriggered());
        Assert.Empty(_bench.Grain.TakeTriggered());
    }

    [Fact]
    public void The_same_visit_is_a_duplicate_also_after_a_restart()
    {
        _bench.Allow(0, location: true, offers: true);
        _bench.Send(10, Shop.Location, Shop.Inside);
        (Campaign campaign, VisitEvent visit) = Assert.Single(_bench.Grain.TakeTriggered());
        Decide(10, campaign, visit);
        _bench.Restart();

        List<Effect> again = Decide(11, campaign, visit);

        Assert.Equal(OfferReason.Duplicate, Assert.Single(again.OfType<AppendDecision>()).Decision.Reason);
        Assert.Empty(again.OfType<PutOffer>());
    }

    [Fact]
    public void An_offer_that_the_same_batch_sent_counts_for_the_budget_and_so_do_those_before()
    {
        Campaign few = Shop.Week with { Budget = 2 };
        _bench.Allow(0, location: true, offers: true);
        VisitEntered first = Visit("v1");
        VisitEntered second = Visit("v2");

        OfferSurroundings oneSent = Around with { OffersSent = new Dictionary<string, long> { ["week"] = 1 } };
        List<Effect> effects = _bench.Do(
            10,
            (grain, scope) =>
            {
                grain.Decide(scope, few, first, oneSent);
                grain.Decide(scope, few, second, oneSent);
            }
        );

        Assert.Equal([OfferReason.Sent, OfferReason.Budget], effects.OfType<AppendDecision>().Select(effect => effect.Decision.Reason));
        Assert.Equal(new SpendBudget("week", 2), Assert.Single(effects.OfType<SpendBudget>()));
    }

    [Fact]
    public void Offers_to_the_same_person_elsewhere_count_for_the_cap()
    {
        Campaign once = Shop.Week with { Cap = new FrequencyCap(1, null) };
        _bench.Allow(0, location: true, offers: true);

        List<Effect> effects = _bench.Do(
            10,
            (grain, scope) =>
                grain.Decide(scope, once, Visit("v1"), Around with { OffersOfOthers = [new PastOffer("week", "elsewhere", At(0))] })
        );

        Assert.Equal(OfferReason.Cap, Assert.Single(effects.OfType<AppendDecision>()).Decision.Reason);
    }

    [Fact]
    public void Who_was_merged_away_is_judged_by_the_survivors_consent_and_all_apps_of_the_person_are_told()
    {
        Customer survivor = new()
        {
            Id = "bea",
            Name = "Bea",
            Locale = null,
            TimeZone = null,
            Tags = [],
            Consent = new Consent(Location: true, Offers: true),
            Identities = [],
            CreatedAt = At(0),
            Version = 1,
        };
        _bench.Grain.Person = new Person(survivor, ["bea", "ann"]);

        List<Effect> effects = ComeIn(10);

        Offer offer = Assert.Single(effects.OfType<PutOffer>()).Offer;
        Assert.Equal(("Hello Bea", "ann"), (offer.Title, offer.CustomerId));
        Assert.Equal(["customers/bea/offers", "customers/ann/offers"], effects.OfType<Enqueue>().Select(effect => effect.Downlink.Topic));
        Assert.All(
            effects.OfType<Enqueue>(),
            effect => Assert.Equal("bea", JsonSerializer.Deserialize<Offer>(effect.Downlink.Payload, OmniJson.Options)!.CustomerId)
        );
    }

    [Fact]
    public void An_offer_is_delivered_opened_and_redeemed_each_once()
    {
        Offer offer = Sent();
        string reference = "offer:" + offer.Id;

        Assert.Empty(Progress(11, reference, acknowledged: false));
        Assert.Equal((OfferState.Delivered, TimelineKind.OfferDelivered), Moved(Progress(12, reference, acknowledged: true)));
        Assert.Empty(Progress(13, reference, acknowledged: true));
        Assert.Equal((OfferState.Opened, TimelineKind.OfferOpened), Moved(Open(14, offer)));
        Assert.Empty(Open(15, offer));
        Assert.Empty(Progress(16, reference, acknowledged: true));
        _bench.Restart();
        Assert.Equal((OfferState.Redeemed, TimelineKind.OfferRedeemed), Moved(Redeem(17, offer, offer.Code, "shop").Effects));
        Assert.Equal(RejectionKind.Conflict, Redeem(18, offer, offer.Code, "shop").Rejection?.Kind);
    }

    [Theory]
    [InlineData("WRONG234", "shop", "/code")]
    [InlineData("CODE2345", "elsewhere", "/siteId")]
    public void A_redemption_that_is_wrong_says_where_and_the_offer_stays(string code, string site, string pointer)
    {
        Offer offer = Sent();

        (List<Effect> effects, Rejection? rejection) = Redeem(11, offer, code, site);

        Assert.Equal((RejectionKind.Invalid, pointer), (rejection!.Kind, rejection.Pointer));
        Assert.Empty(effects);
        Assert.Null(Redeem(12, offer, offer.Code, "shop").Rejection);
    }

    [Fact]
    public void An_offer_that_another_app_of_the_person_acknowledges_is_delivered()
    {
        Offer offer = Sent();
        CustomerBench other = new();
        other.Grain.Person = new Person(other.Grain.State.Facts.Customer, ["ann", "bea"]);

        List<Effect> told = other.Do(11, (grain, scope) => grain.DownlinkProgressed(scope, "offer:" + offer.Id, acknowledged: true));
        OfferReceived received = Assert.IsType<OfferReceived>(Assert.Single(told.OfType<Tell>()).Letter.Content);

        Assert.Equal(offer.Id, received.OfferId);
        Assert.Equal(
            (OfferState.Delivered, TimelineKind.OfferDelivered),
            Moved(_bench.Do(12, (grain, scope) => grain.Handle(scope, received)))
        );
        Assert.Empty(_bench.Do(13, (grain, scope) => grain.Handle(scope, received)));
        Assert.Empty(other.Do(14, (grain, scope) => grain.Handle(scope, received)));
    }

    [Theory]
    [InlineData("message:1")]
    [InlineData("offer:unknown")]
    [InlineData("offer:")]
    public void News_of_something_else_changes_nothing(string reference)
    {
        Sent();

        Assert.Empty(Progress(11, reference, acknowledged: true));
    }

    [Fact]
    public void An_offer_that_is_not_used_expires_when_the_decider_said_it_wants_to_be_woken_and_is_over()
    {
        Offer offer = Sent();
        _bench.Allow(20, location: false, offers: true); // The visit wants no waking any more.
        Instant due = _bench.Grain.NextDue(_bench.Decision.Moment)!.Value;
        Assert.Equal(offer.ExpiresAt, due);
        _bench.Restart();

        List<Effect> woken = _bench.Do((due - CustomerBench.Start).TotalSeconds, (grain, scope) => grain.WakeUp(scope));

        Assert.Equal((OfferState.Expired, TimelineKind.OfferExpired), Moved(woken));
        Assert.Equal(RejectionKind.Conflict, Redeem(3700, offer, offer.Code, "shop").Rejection?.Kind);
        Assert.Null(_bench.Grain.NextDue(_bench.Decision.Moment));
    }

    private static OfferSurroundings Around { get; } = new(Suppression.None, [], new Dictionary<string, long>(), []);

    private static Instant At(double seconds) => CustomerBench.Start + TimeSpan.FromSeconds(seconds);

    private static VisitEntered Visit(string id) => new(id, "shop", "door", null, At(10));

    private Offer Sent()
    {
        _bench.Allow(0, location: true, offers: true);
        return Assert.Single(ComeIn(10).OfType<PutOffer>()).Offer;
    }

    /// <summary>Decides on all that coming in has triggered.</summary>
    private List<Effect> ComeIn(double atSeconds)
    {
        _bench.Send(atSeconds, Shop.Location, Shop.Inside);
        return [.. _bench.Grain.TakeTriggered().SelectMany(triggered => Decide(atSeconds, triggered.Campaign, triggered.Event))];
    }

    private List<Effect> Decide(double atSeconds, Campaign campaign, VisitEvent visit) =>
        _bench.Do(atSeconds, (grain, scope) => grain.Decide(scope, campaign, visit, Around));

    private List<Effect> Progress(double atSeconds, string reference, bool acknowledged) =>
        _bench.Do(atSeconds, (grain, scope) => grain.DownlinkProgressed(scope, reference, acknowledged));

    private List<Effect> Open(double atSeconds, Offer offer) =>
        _bench.Do(atSeconds, (grain, scope) => Assert.Null(grain.Handle(scope, new OpenOffer(offer.Id)).Rejection));

    private (List<Effect> Effects, Rejection? Rejection) Redeem(double atSeconds, Offer offer, string code, string site)
    {
        Rejection? rejection = null;
        List<Effect> effects = _bench.Do(
            atSeconds,
            (grain, scope) => rejection = grain.Handle(scope, new RedeemOffer(offer.Id, code, site)).Rejection
        );
        return (effects, rejection);
    }

    /// <summary>The state that an offer came to, and the kind of the only entry that says so.</summary>
    private static (OfferState State, string Kind) Moved(List<Effect> effects) =>
        (Assert.Single(effects.OfType<PutOffer>()).Offer.State, Assert.Single(effects.OfType<AppendTimeline>()).Entry.Kind);
}
