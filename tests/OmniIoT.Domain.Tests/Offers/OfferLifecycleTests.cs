using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Offers;

public sealed class OfferLifecycleTests
{
    private static readonly Instant SentAt = new(1_763_800_000_000);
    private static readonly Instant ExpiresAt = SentAt + TimeSpan.FromHours(2);
    private static readonly Offer Sent = new()
    {
        Id = "o",
        CampaignId = "c",
        CustomerId = "leyla",
        SiteId = "bar",
        Title = "t",
        Text = "x",
        Code = "ABCD2345",
        SentAt = SentAt,
        ExpiresAt = ExpiresAt,
        State = OfferState.Sent,
    };

    [Theory]
    [InlineData(OfferState.Sent, "Delivered Opened Redeemed")]
    [InlineData(OfferState.Delivered, "Opened Redeemed")]
    [InlineData(OfferState.Opened, "Redeemed")]
    [InlineData(OfferState.Redeemed, "")]
    [InlineData(OfferState.Expired, "")]
    public void While_valid_an_offer_moves_forwards_only(OfferState from, string allowed)
    {
        Offer offer = Sent with { State = from };
        OfferMove[] moves =
        [
            OfferLifecycle.Deliver(offer, SentAt),
            OfferLifecycle.Open(offer, SentAt),
            OfferLifecycle.Redeem(offer, offer.Code, "bar", SentAt),
        ];

        Assert.Equal(allowed, string.Join(' ', moves.Select(move => move.Offer?.State).OfType<OfferState>()));
        Assert.All(moves, move => Assert.True(move.Offer is null != move.Rejection is null));
    }

    [Theory]
    [InlineData(OfferState.Sent, true)]
    [InlineData(OfferState.Delivered, true)]
    [InlineData(OfferState.Opened, true)]
    [InlineData(OfferState.Redeemed, false)]
    [InlineData(OfferState.Expired, false)]
    public void An_offer_that_was_not_used_expires_at_its_time(OfferState from, bool expires)
    {
        Offer offer = Sent with { State = from };

        Assert.Equal(expires, OfferLifecycle.Expire(offer, ExpiresAt).Offer is { State: OfferState.Expired });
        Assert.Equal(new OfferStillValid(ExpiresAt), OfferLifecycle.Expire(offer, ExpiresAt - TimeSpan.FromMilliseconds(1)).Rejection);
    }

    [Fact]
    public void An_offer_is_redeemed_until_just_before_its_end()
    {
        Assert.Equal(
            OfferState.Redeemed,
            OfferLifecycle.Redeem(Sent, "ABCD2345", "bar", ExpiresAt - TimeSpan.FromMilliseconds(1)).Offer?.State
        );
        Assert.Equal(new OfferExpired(ExpiresAt), OfferLifecycle.Redeem(Sent, "ABCD2345", "bar", ExpiresAt).Rejection);
        Assert.Equal(
            new OfferExpired(ExpiresAt),
            OfferLifecycle.Redeem(Sent with { State = OfferState.Expired }, "ABCD2345", "bar", SentAt).Rejection
        );
    }

    [Fact]
    public void A_redemption_is_rejected_with_its_reason()
    {
        Assert.Equal(
            new WrongCode(),
            OfferLifecycle.Redeem(Sent with { State = OfferState.Redeemed }, "ABCD2346", "bar", SentAt).Rejection
        );
        Assert.Equal(
            new OfferAlreadyRedeemed(),
            OfferLifecycle.Redeem(Sent with { State = OfferState.Redeemed }, "ABCD2345", "bar", ExpiresAt).Rejection
        );
        Assert.Equal(new WrongSite("bar"), OfferLifecycle.Redeem(Sent, "ABCD2345", "mall", SentAt).Rejection);
        Assert.Equal(
            new OfferMoveNotAllowed(OfferState.Opened, OfferState.Delivered),
            OfferLifecycle.Deliver(Sent with { State = OfferState.Opened }, SentAt).Rejection
        );
    }

    [Theory]
    [InlineData("abcd2345")]
    [InlineData("ABCD-2345")]
    [InlineData(" abcd 2345 ")]
    public void A_code_may_be_typed_as_people_type(string typed)
    {
        Assert.NotNull(OfferLifecycle.Redeem(Sent, typed, null, SentAt).Offer);
    }

    [Fact]
    public void A_code_is_eight_characters_that_nobody_misreads_and_uses_all_of_them_evenly()
    {
        string[] codes = [.. Enumerable.Range(0, 256).Select(i => OfferCode.From([(byte)i, 0, 0, 0, 0, 0, 0, 0]))];

        Assert.All(codes, code => Assert.Matches("^[2-9A-HJ-NP-Z]{8}$", code));
        Assert.All(codes.CountBy(code => code[0]), count => Assert.Equal(8, count.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfferCode.From([1, 2, 3]));
    }

    [Theory]
    [InlineData("Asia/Baku", 120, "Hello Leyla", "until 14:26 at Bar, code ABCD2345")]
    [InlineData("UTC", 120, "Hello Leyla", "until 10:26 at Bar, code ABCD2345")]
    [InlineData("UTC", 60 * 24, "Hello Leyla", "until 23 Nov 08:26 at Bar, code ABCD2345")]
    public void An_offer_is_written_for_its_reader(string zone, int expiresMinutes, string title, string text)
    {
        Campaign campaign = new()
        {
            Id = "c",
            Name = "c",
            Trigger = CampaignTrigger.Enter,
            Content = new OfferContent(
                Template.Parse("Hello {{ customer.name }}", TemplateNames.Offer).Value!,
                Template.Parse("until {{offer.expiresAt}} at {{site.name}}, code {{offer.code}}", TemplateNames.Offer).Value!
            ),
            Expires = TimeSpan.FromMinutes(expiresMinutes),
        };
        OfferRecipient leyla = new("leyla", "Leyla", TimeZoneInfo.FindSystemTimeZoneById(zone));

        Offer offer = OfferWriting.Write(
            campaign,
            leyla,
            new Site("bar", "Bar"),
            "o",
            "ABCD2345",
            Instant.TryParse("2026-11-22T08:26:40Z", out Instant now) ? now : default
        );

        Assert.Equal((title, text, OfferState.Sent), (offer.Title, offer.Text, offer.State));
        Assert.Equal(now + TimeSpan.FromMinutes(expiresMinutes), offer.ExpiresAt);
    }
}
