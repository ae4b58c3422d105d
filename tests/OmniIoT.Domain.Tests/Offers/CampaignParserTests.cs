using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Offers;

public sealed class CampaignParserTests
{
    private const string Content = "\"content\":{\"title\":\"Hi\",\"text\":\"Now\"}";

    [Fact]
    public void The_campaign_of_the_contract_is_read()
    {
        Campaign? campaign = Read(
            """
            { "name": "Espresso week", "fenceIds": ["bar-1"], "beaconIds": [], "trigger": "enter",
              "dwellMinutes": 0, "audience": {"tagsAny": [], "tagsNone": [], "ownsModels": []},
              "startsAt": null, "endsAt": null, "hours": {"days": ["mon","tue"], "from": "09:00", "to": "20:00"},
              "caps": {"perCustomer": 1, "perDays": 7}, "cooldownMinutes": 60, "holdoutPercent": 0, "budget": null,
              "suppressOn": ["openCase","criticalAlarm","lowSatisfaction"],
              "content": {"title": "Hello {{customer.name}}", "text": "20 % off beans until {{offer.expiresAt}}"}, "expiresMinutes": 120 }
            """
        ).Value;

        Assert.NotNull(campaign);
        Assert.Equal(("c1", "Espresso week", CampaignTrigger.Enter), (campaign.Id, campaign.Name, campaign.Trigger));
        Assert.Equal(["bar-1"], campaign.FenceIds);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Tuesday], campaign.Hours!.Days.Order());
        Assert.Equal("09:00-20:00", campaign.Hours.Window.ToString());
        Assert.Equal(new FrequencyCap(1, TimeSpan.FromDays(7)), campaign.Cap);
        Assert.Equal(TimeSpan.FromHours(1), campaign.Cooldown);
        Assert.Equal(TimeSpan.FromHours(2), campaign.Expires);
        Assert.Equal(Suppression.OpenCase | Suppression.CriticalAlarm | Suppression.LowSatisfaction, campaign.SuppressOn);
        Assert.Null(campaign.Budget);
        Assert.Equal("20 % off beans until {{offer.expiresAt}}", campaign.Content.Text.Source);
    }

    [Theory]
    [InlineData("""{"name":"n","trigger":"near",%}""")]
    [InlineData(
        """{"name":"n","fenceIds":null,"beaconIds":null,"trigger":"near","dwellMinutes":null,"audience":null,"startsAt":null,"endsAt":null,"hours":null,"caps":null,"cooldownMinutes":null,"holdoutPercent":null,"budget":null,"suppressOn":null,%,"expiresMinutes":null}"""
    )]
    [InlineData("""{"name":"n","trigger":"near","audience":{},"hours":{},"caps":{},"suppressOn":[],%}""")]
    public void Everything_but_name_trigger_and_content_may_be_missing_or_null(string json)
    {
        Campaign? campaign = Read(json.Replace("%", Content, StringComparison.Ordinal)).Value;

        Assert.NotNull(campaign);
        Assert.Equal(0, campaign.FenceIds.Count + campaign.BeaconIds.Count);
        Assert.Null(campaign.Cap);
        Assert.Equal((TimeSpan.Zero, 0.0, Campaign.DefaultExpires), (campaign.Cooldown, campaign.HoldoutPercent, campaign.Expires));
        Assert.NotEqual(false, campaign.Hours?.Contains(new DateTime(2026, 11, 22, 23, 59, 0)));
    }

    [Theory]
    [InlineData("\"trigger\":\"arrive\"", "/trigger", "must be one of enter, dwell, exit, near")]
    [InlineData("\"trigger\":\"Enter\"", "/trigger", "must be one of enter, dwell, exit, near")]
    [InlineData("\"hours\":{\"days\":[\"mon\",\"someday\"]}", "/hours/days/1", "must be one of sun, mon, tue, wed, thu, fri, sat")]
    [InlineData("\"hours\":{\"from\":\"9\"}", "/hours/from", "must be a time of day, 00:00 to 24:00")]
    [InlineData("\"hours\":{\"from\":\"25:00\"}", "/hours/from", "must be a time of day, 00:00 to 24:00")]
    [InlineData("\"hours\":{\"from\":\"09:00\",\"to\":\"09:00\"}", "/hours/to", "must differ from \"from\"")]
    [InlineData("\"holdoutPercent\":101", "/holdoutPercent", "must be a number, 0 to 100")]
    [InlineData("\"holdoutPercent\":-1", "/holdoutPercent", "must be a number, 0 to 100")]
    [InlineData("\"caps\":{\"perCustomer\":0}", "/caps/perCustomer", "must be a whole number, 1 to 2147483647")]
    [InlineData("\"caps\":{\"perCustomer\":1.5}", "/caps/perCustomer", "must be a whole number, 1 to 2147483647")]
    [InlineData("\"caps\":{\"perCustomer\":1,\"perDays\":0}", "/caps/perDays", "must be a number, above 0, at most 36600")]
    [InlineData("\"budget\":-1", "/budget", "must be a whole number, 0 to 9223372036854775807")]
    [InlineData("\"cooldownMinutes\":-1", "/cooldownMinutes", "must be a number, 0 to 52704000")]
    [InlineData("\"expiresMinutes\":0", "/expiresMinutes", "must be a number, above 0, at most 52704000")]
    [InlineData("\"startsAt\":\"2026-02-30\"", "/startsAt", "must be a time, ISO 8601 (2026-11-22T01:33:00.000Z) or epoch milliseconds")]
    [InlineData("\"startsAt\":\"2026-11-22T10:00:00Z\",\"endsAt\":\"2026-11-22T10:00:00Z\"", "/endsAt", "must be after startsAt")]
    [InlineData("\"suppressOn\":[\"openCase\",\"mood\"]", "/suppressOn/1", "must be one of openCase, criticalAlarm, lowSatisfaction")]
    [InlineData("\"fenceIds\":[],\"beaconIds\":[]", "/fenceIds", "names no place: give at least one fence or beacon")]
    [InlineData("\"fenceIds\":\"bar-1\"", "/fenceIds", "must be an array")]
    [InlineData("\"fenceIds\":[7]", "/fenceIds/0", "must be a text that is not empty")]
    [InlineData("\"audience\":[]", "/audience", "must be an object")]
    [InlineData("\"id\":\"c2\"", "/id", "must be \"c1\", the id in the address")]
    [InlineData("\"name\":\" \"", "/name", "must be a text of 1 to 200 characters")]
    [InlineData(
        "\"content\":{\"title\":\"{{customer.nam}}\",\"text\":\"x\"}",
        "/content/title",
        "{{customer.nam}} at character 1 is not known here; known are {{customer.name}}, {{offer.code}}, {{offer.expiresAt}}, {{site.name}}"
    )]
    [InlineData(
        "\"content\":{\"title\":\"x\",\"text\":\"until {{offer.code\"}",
        "/content/text",
        "the braces opened at character 7 are never closed"
    )]
    [InlineData("\"content\":{\"title\":\"x\"}", "/content/text", "is required")]
    public void A_wrong_campaign_is_refused_at_its_place(string wrong, string pointer, string message)
    {
        // Of two properties with one name the later counts.
        DocumentReading<Campaign> reading = Read($$"""{"name":"n","trigger":"enter",{{Content}},{{wrong}}}""");

        Assert.Equal([new FieldMistake(pointer, message)], reading.Mistakes);
    }

    [Fact]
    public void Every_mistake_is_named()
    {
        DocumentReading<Campaign> reading = Read(
            """{"fenceId":["x"],"trigger":"x","hours":{"from":"x","to":"y"},"caps":{"perCustomer":0},"content":{"title":"{{a}} {{b}}"}}"""
        );

        Assert.Null(reading.Value);
        Assert.Equal(
            [
                "/caps/perCustomer",
                "/content/text",
                "/content/title",
                "/content/title",
                "/fenceId",
                "/hours/from",
                "/hours/to",
                "/name",
                "/trigger",
            ],
            reading.Mistakes.Select(mistake => mistake.Pointer).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Times_are_read_as_text_or_as_epoch_milliseconds()
    {
        Campaign? campaign = Read(
            $$"""{"name":"n","trigger":"enter","startsAt":1763800000000,"endsAt":"2026-11-22T10:00:00+04:00",{{Content}}}"""
        ).Value;

        Assert.Equal(new Instant(1763800000000), campaign?.StartsAt);
        Assert.Equal("2026-11-22T06:00:00.000Z", campaign?.EndsAt.ToString());
    }

    private static DocumentReading<Campaign> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return CampaignParser.Read("c1", document.RootElement);
    }
}
