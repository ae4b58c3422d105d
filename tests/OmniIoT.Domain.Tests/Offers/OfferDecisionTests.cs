using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Offers;

public sealed class OfferDecisionTests
{
    private static readonly Instant Now = Time("2026-11-22T10:00:00Z");

    private static readonly Campaign Open = new()
    {
        Id = "espresso",
        Name = "Espresso week",
        FenceIds = ["bar-1"],
        Trigger = CampaignTrigger.Enter,
        Content = new OfferContent(Template.Empty, Template.Empty),
    };

    private static readonly OfferTrigger Entered = new("bar-1@1", "site", "bar-1", null, Now);

    private static readonly CustomerFacts Willing = new()
    {
        CustomerId = "leyla",
        ConsentsToLocation = true,
        ConsentsToOffers = true,
        TimeZone = TimeZoneInfo.Utc,
    };

    public static TheoryData<OfferReason> Reasons => [.. Enum.GetValues<OfferReason>()];

    [Fact]
    public void The_order_of_the_reasons_is_that_of_the_contract()
    {
        Assert.Equal(
            [
                "stale",
                "duplicate",
                "noConsent",
                "schedule",
                "audience",
                "holdout",
                "suppressed",
                "quietHours",
                "cooldown",
                "cap",
                "budget",
                "sent",
            ],
            Enum.GetValues<OfferReason>().Select(OfferDecision.NameOf)
        );
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void The_first_reason_that_holds_is_recorded_when_all_that_follow_hold_too(OfferReason first)
    {
        bool Holds(OfferReason reason) => reason >= first;
        Campaign campaign = Open with
        {
            EndsAt = Holds(OfferReason.Schedule) ? Now : null,
            Audience = Holds(OfferReason.Audience) ? Audience.Everyone with { TagsAny = ["vip"] } : Audience.Everyone,
            HoldoutPercent = Holds(OfferReason.Holdout) ? 100 : 0,
            SuppressOn = Holds(OfferReason.Suppressed) ? Suppression.OpenCase : Suppression.None,
            Cooldown = TimeSpan.FromHours(Holds(OfferReason.Cooldown) ? 2 : 0),
            Cap = Holds(OfferReason.Cap) ? new FrequencyCap(1, null) : null,
            Budget = Holds(OfferReason.Budget) ? 10 : null,
        };
        if (first is OfferReason.Sent)
            campaign = Open;
        CustomerFacts customer = Willing with
        {
            ConsentsToOffers = !Holds(OfferReason.NoConsent),
            Troubles = Suppression.OpenCase,
            History = [new PastOffer("espresso", Holds(OfferReason.Duplicate) ? Entered.VisitId : "earlier", Now - TimeSpan.FromHours(1))],
        };
        OfferSettings settings = new()
        {
            QuietHours = Holds(OfferReason.QuietHours) && first is not OfferReason.Sent ? new DailyWindow(new(9, 0), new(11, 0)) : null,
        };
        if (first is OfferReason.Sent)
            customer = Willing;
        Instant now = first is OfferReason.Stale ? Now + settings.StaleAfter + TimeSpan.FromMilliseconds(1) : Now;

        OfferDecision decision = OfferDecision.Decide(campaign, Entered, customer, settings, offersSent: 10, now);

        Assert.Equal(first, decision.Reason);
        Assert.Equal(first is OfferReason.Sent ? OfferOutcome.Sent : OfferOutcome.Refused, decision.Outcome);
    }

    [Fact]
    public void The_defaults_of_the_platform_are_those_of_the_contract()
    {
        OfferSettings settings = new();

        Assert.Equal("21:00-09:00", settings.QuietHours.ToString());
        Assert.Equal(3, settings.MaxPerDay);
        Assert.Equal(TimeSpan.FromMinutes(15), settings.StaleAfter);
    }

    [Fact]
    public void What_happened_exactly_fifteen_minutes_ago_is_not_stale()
    {
        Assert.Equal(OfferReason.Sent, Decide(Open, Willing, now: Now + TimeSpan.FromMinutes(15)));
    }

    [Theory]
    [InlineData(true, true, OfferReason.Sent)]
    [InlineData(true, false, OfferReason.NoConsent)]
    [InlineData(false, true, OfferReason.NoConsent)]
    public void Both_consents_are_needed(bool location, bool offers, OfferReason reason)
    {
        Assert.Equal(reason, Decide(Open, Willing with { ConsentsToLocation = location, ConsentsToOffers = offers }));
    }

    [Theory]
    [InlineData("Asia/Baku", "2026-11-22T16:59:59Z", OfferReason.Sent)] // 20:59:59
    [InlineData("Asia/Baku", "2026-11-22T17:00:00Z", OfferReason.QuietHours)] // 21:00
    [InlineData("Asia/Baku", "2026-11-22T21:00:00Z", OfferReason.QuietHours)] // 01:00 after midnight
    [InlineData("Asia/Baku", "2026-11-23T05:00:00Z", OfferReason.Sent)] // 09:00
    [InlineData("America/New_York", "2026-03-08T13:00:00Z", OfferReason.Sent)] // 09:00 in summer time, since that night
    [InlineData("America/New_York", "2026-03-07T13:00:00Z", OfferReason.QuietHours)] // 08:00 in winter time
    [InlineData("Europe/Berlin", "2026-10-25T07:59:00Z", OfferReason.QuietHours)] // 08:59 in winter time, since that night
    [InlineData("Europe/Berlin", "2026-10-24T07:00:00Z", OfferReason.Sent)] // 09:00 in summer time
    public void Quiet_hours_run_on_the_customers_clock(string zone, string now, OfferReason reason)
    {
        Assert.Equal(reason, Decide(Open, In(zone), now: Time(now), settings: new OfferSettings()));
    }

    [Theory]
    [InlineData("fri", "22:00-02:00", "2026-11-20T22:00:00Z", true)]
    [InlineData("fri", "22:00-02:00", "2026-11-21T01:59:00Z", true)] // Saturday, of Friday's window
    [InlineData("fri", "22:00-02:00", "2026-11-20T01:00:00Z", false)] // Friday, of Thursday's window
    [InlineData("fri", "22:00-02:00", "2026-11-21T02:00:00Z", false)]
    [InlineData("sun", "09:00-20:00", "2026-11-22T09:00:00Z", true)]
    [InlineData("sun", "09:00-20:00", "2026-11-22T20:00:00Z", false)]
    [InlineData("mon", "09:00-20:00", "2026-11-22T10:00:00Z", false)]
    [InlineData("sun", "00:00-24:00", "2026-11-22T23:59:59Z", true)]
    public void Hours_over_midnight_belong_to_the_day_on_which_they_begin(string day, string hours, string now, bool open)
    {
        DayOfWeek weekday = Enum.GetValues<DayOfWeek>()
            .Single(value => value.ToString().StartsWith(day, StringComparison.OrdinalIgnoreCase));
        Assert.True(DailyWindow.TryParse(hours, out DailyWindow window));
        Campaign campaign = Open with { Hours = new WeeklyHours(new HashSet<DayOfWeek> { weekday }, window) };

        Assert.Equal(open ? OfferReason.Sent : OfferReason.Schedule, Decide(campaign, Willing, now: Time(now)));
    }

    [Fact]
    public void A_campaign_runs_from_its_start_to_just_before_its_end()
    {
        Campaign campaign = Open with { StartsAt = Now, EndsAt = Now + TimeSpan.FromMinutes(1) };

        Assert.Equal(OfferReason.Schedule, Decide(campaign, Willing, now: Now - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(OfferReason.Sent, Decide(campaign, Willing, now: Now));
        Assert.Equal(OfferReason.Schedule, Decide(campaign, Willing, now: Now + TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("vip", "", "", true)]
    [InlineData("vip,gold", "", "", true)]
    [InlineData("gold", "", "", false)]
    [InlineData("", "vip", "", false)]
    [InlineData("", "gold", "", true)]
    [InlineData("", "", "washer-w2", true)]
    [InlineData("vip", "", "press", false)]
    public void An_audience_is_any_tag_no_tag_and_a_model(string any, string none, string models, bool addressed)
    {
        static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Campaign campaign = Open with { Audience = new Audience(Split(any), Split(none), Split(models)) };

        OfferReason reason = Decide(campaign, Willing with { Tags = ["vip"], OwnedModels = ["washer-w2"] });

        Assert.Equal(addressed ? OfferReason.Sent : OfferReason.Audience, reason);
    }

    [Theory]
    [InlineData("f1", null, 0, true)]
    [InlineData("f1", "nizami", 100, true)]
    [InlineData("f1", "nizami", 101, false)]
    [InlineData("f1", "ganja", 0, false)]
    [InlineData("f2", null, 0, false)]
    public void Who_bought_something_somewhere_since_is_addressed(string sku, string? siteId, long since, bool addressed)
    {
        Campaign campaign = Open with { Audience = Audience.Everyone with { Bought = new Bought(sku, siteId, new Instant(since)) } };

        OfferReason reason = Decide(campaign, Willing with { Purchases = [new PastPurchase("o1", "f1", "nizami", new Instant(100))] });

        Assert.Equal(addressed ? OfferReason.Sent : OfferReason.Audience, reason);
    }

    [Fact]
    public void Only_the_troubles_that_the_campaign_names_suppress_it()
    {
        Campaign campaign = Open with { SuppressOn = Suppression.CriticalAlarm | Suppression.LowSatisfaction };

        Assert.Equal(OfferReason.Sent, Decide(campaign, Willing with { Troubles = Suppression.OpenCase }));
        Assert.Equal(OfferReason.Suppressed, Decide(campaign, Willing with { Troubles = Suppression.LowSatisfaction }));
    }

    [Fact]
    public void The_cooldown_ends_to_the_millisecond_and_counts_this_campaign_only()
    {
        Campaign campaign = Open with { Cooldown = TimeSpan.FromHours(1) };
        CustomerFacts just = Willing with { History = [new("espresso", "v", Now - TimeSpan.FromHours(1)), new("other", "v", Now)] };
        CustomerFacts sooner = Willing with
        {
            History = [new("espresso", "v", Now - TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(1))],
        };

        Assert.Equal(OfferReason.Sent, Decide(campaign, just));
        Assert.Equal(OfferReason.Cooldown, Decide(campaign, sooner));
    }

    [Fact]
    public void A_cap_counts_the_offers_of_the_campaign_within_its_days()
    {
        Campaign campaign = Open with { Cap = new FrequencyCap(1, TimeSpan.FromDays(7)) };

        Assert.Equal(OfferReason.Cap, Decide(campaign, Willing with { History = [new("espresso", "v", Now - TimeSpan.FromDays(6))] }));
        Assert.Equal(OfferReason.Sent, Decide(campaign, Willing with { History = [new("espresso", "v", Now - TimeSpan.FromDays(7))] }));
        Assert.Equal(OfferReason.Sent, Decide(campaign, Willing with { History = [new("other", "v", Now - TimeSpan.FromDays(1))] }));
    }

    [Fact]
    public void A_fourth_offer_within_a_day_is_capped_whatever_the_campaign()
    {
        PastOffer[] three = [.. Enumerable.Range(1, 3).Select(i => new PastOffer($"c{i}", "v", Now - TimeSpan.FromHours(i * 7)))];

        Assert.Equal(OfferReason.Cap, Decide(Open, Willing with { History = three }));
        Assert.Equal(
            OfferReason.Sent,
            Decide(Open, Willing with { History = three }, now: Now + TimeSpan.FromHours(3), at: Now + TimeSpan.FromHours(3))
        );
    }

    [Fact]
    public void A_budget_is_a_number_of_offers()
    {
        Campaign campaign = Open with { Budget = 5 };

        Assert.Equal(OfferReason.Sent, OfferDecision.Decide(campaign, Entered, Willing, Always, 4, Now).Reason);
        Assert.Equal(OfferReason.Budget, OfferDecision.Decide(campaign, Entered, Willing, Always, 5, Now).Reason);
    }

    [Fact]
    public void A_holdout_keeps_its_share_and_never_changes_its_mind()
    {
        int heldOut = Enumerable.Range(0, 20_000).Count(i => Holdout.PercentileOf($"customer-{i}", "espresso") < 20);
        int heldOutOfBoth = Enumerable
            .Range(0, 20_000)
            .Count(i => Holdout.PercentileOf($"customer-{i}", "espresso") < 20 && Holdout.PercentileOf($"customer-{i}", "filter") < 20);

        Assert.InRange(heldOut, 3_800, 4_200);
        Assert.InRange(heldOutOfBoth, 700, 900);
        Assert.Equal(10.55, Holdout.PercentileOf("leyla", "espresso"), 1e-9);
    }

    [Fact]
    public void A_decision_records_what_it_looked_at_and_nothing_beyond()
    {
        JsonObject inputs = OfferDecision.Decide(Open, Entered, Willing with { ConsentsToOffers = false }, Always, 0, Now).Inputs;

        Assert.Equal("""{"ageSeconds":0,"visitId":"bar-1@1","consent":{"location":true,"offers":false}}""", inputs.ToJsonString());
    }

    private static OfferSettings Always => new() { QuietHours = null };

    private static CustomerFacts In(string zone) => Willing with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) };

    private static OfferReason Decide(
        Campaign campaign,
        CustomerFacts customer,
        Instant? now = null,
        Instant? at = null,
        OfferSettings? settings = null
    )
    {
        Instant moment = now ?? Now;
        Instant happened = at ?? (moment - Now > TimeSpan.FromMinutes(15) || moment < Now ? moment : Now);
        return OfferDecision.Decide(campaign, Entered with { At = happened }, customer, settings ?? Always, 0, moment).Reason;
    }

    private static Instant Time(string text) => Instant.TryParse(text, out Instant time) ? time : throw new FormatException(text);
}
