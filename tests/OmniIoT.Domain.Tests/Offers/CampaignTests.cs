using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Offers;

public sealed class CampaignTests
{
    private static readonly Instant At = new(1_763_800_000_000);
    private static readonly VisitEvent Entered = new VisitEntered("v", "s", "bar-1", null, At);
    private static readonly VisitEvent Dwelled = new VisitDwelled("v", "s", "bar-1", null, At, TimeSpan.FromMinutes(5));
    private static readonly VisitEvent Exited = new VisitExited("v", "s", "bar-1", null, At, At);
    private static readonly VisitEvent Near = new VisitEntered("v", "s", null, "shelf", At);
    private static readonly VisitEvent NoLongerNear = new VisitExited("v", "s", null, "shelf", At, At);

    [Theory]
    [InlineData(CampaignTrigger.Enter, 0, "entered")]
    [InlineData(CampaignTrigger.Dwell, 5, "dwelled")]
    [InlineData(CampaignTrigger.Dwell, 10, "")]
    [InlineData(CampaignTrigger.Dwell, 0, "entered")]
    [InlineData(CampaignTrigger.Exit, 0, "exited")]
    [InlineData(CampaignTrigger.Near, 0, "near")]
    public void A_campaign_waits_for_one_kind_of_event(CampaignTrigger trigger, int dwellMinutes, string expected)
    {
        Campaign campaign = Make(trigger, dwellMinutes, "bar-1", "shelf");
        (string, VisitEvent)[] events =
        [
            ("entered", Entered),
            ("dwelled", Dwelled),
            ("exited", Exited),
            ("near", Near),
            ("left", NoLongerNear),
        ];

        Assert.Equal(expected, string.Join(' ', events.Where(pair => campaign.IsTriggeredBy(pair.Item2)).Select(pair => pair.Item1)));
    }

    [Fact]
    public void A_campaign_waits_at_its_own_places_only()
    {
        Assert.False(Make(CampaignTrigger.Enter, 0, "bar-2", "shelf").IsTriggeredBy(Entered));
        Assert.False(Make(CampaignTrigger.Near, 0, "bar-1", "till").IsTriggeredBy(Near));
    }

    private static Campaign Make(CampaignTrigger trigger, int dwellMinutes, string fence, string beacon) =>
        new()
        {
            Id = "c",
            Name = "c",
            FenceIds = [fence],
            BeaconIds = [beacon],
            Trigger = trigger,
            Dwell = TimeSpan.FromMinutes(dwellMinutes),
            Content = new OfferContent(Template.Empty, Template.Empty),
        };
}
