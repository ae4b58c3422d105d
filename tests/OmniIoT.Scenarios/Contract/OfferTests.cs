using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class OfferTests(ContractHost host) : IAsyncLifetime
{
    private const double Latitude = 40.005;
    private const double Outside = 40.02;
    private const double Longitude = 50.005;
    private readonly List<string> _campaigns = [];
    private string _site = "";
    private string _fence = "";

    public async ValueTask InitializeAsync()
    {
        (_site, _fence) = (host.NewId("site-"), host.NewId("fence-"));
        await host.PutAsync("sites/" + _site, """{ "name": "Bar" }""");
        await host.PutAsync(
            "fences/" + _fence,
            $$"""
            { "siteId": "{{_site}}", "name": "Floor", "geometry": { "type": "Polygon", "coordinates": [[[50,40],[50.01,40],[50.01,40.01],[50,40.01],[50,40]]] } }
            """
        );
    }

    /// <summary>The next test's shoppers stand in the same place.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (string campaign in _campaigns)
            await host.DeleteAsync("campaigns/" + campaign);
        await host.DeleteAsync("fences/" + _fence);
    }

    [Fact]
    public async Task An_offer_is_the_same_object_in_the_app_and_over_rest_and_is_redeemed_once()
    {
        string campaign = await CampaignAsync();
        string customer = await host.AddCustomerAsync();
        await using ContractClient app = await host.ConnectAppAsync(customer);
        await app.SubscribeAsync($"customers/{customer}/offers");

        await app.LocateAsync(ContractHost.NowMilliseconds, Latitude, Longitude);

        JsonNode offer = (await app.ReceiveAsync("offer")).Payload;
        Assert.Equal(
            ["id", "campaignId", "customerId", "siteId", "title", "text", "code", "sentAt", "expiresAt", "state"],
            offer.AsObject().Select(member => member.Key)
        );
        Assert.Equal((campaign, "Hello Aysel", "sent"), ((string?)offer["campaignId"], (string?)offer["title"], (string?)offer["state"]));
        Answer delivered = await host.SeenAsync(
            $"customers/{customer}/offers",
            answer => (string?)answer.Items[0]!["state"] == "delivered",
            "delivered offer"
        );
        offer["state"] = "delivered";
        Assert.True(JsonNode.DeepEquals(offer, Assert.Single(delivered.Items)));
        await AssertRedeemedOnceAsync(offer);
        Answer report = await host.GetAsync($"campaigns/{campaign}/report");
        Assert.Equal((1, 1, 1), ((int)report["sent"]!, (int)report["delivered"]!, (int)report["redeemed"]!));
    }

    [Theory]
    [InlineData("stale", "", """ "consent": {} """, 16)]
    [InlineData("noConsent", """, "endsAt": 1 """, """ "consent": { "location": true } """, 0)]
    [InlineData("noConsent", "", """ "consent": { "offers": true } """, 0)]
    [InlineData("schedule", """, "endsAt": 1, "audience": { "tagsAny": ["vip"] } """, null, 0)]
    [InlineData("schedule", """, "startsAt": "2999-01-01T00:00:00Z" """, null, 0)]
    [InlineData("audience", """, "audience": { "tagsAny": ["vip"] }, "holdoutPercent": 100 """, null, 0)]
    [InlineData(
        "audience",
        """, "audience": { "tagsNone": ["vip"] } """,
        """ "tags": ["vip"], "consent": { "location": true, "offers": true } """,
        0
    )]
    [InlineData("audience", """, "audience": { "ownsModels": ["washer"] } """, null, 0)]
    [InlineData("holdout", """, "holdoutPercent": 100, "budget": 0 """, null, 0)]
    [InlineData("budget", """, "budget": 0 """, null, 0)]
    [InlineData(
        "sent",
        """, "audience": { "tagsAny": ["vip"] }, "hours": null, "caps": null """,
        """ "tags": ["vip"], "consent": { "location": true, "offers": true } """,
        14
    )]
    public async Task A_decision_is_recorded_with_the_first_reason_that_holds(
        string reason,
        string members,
        string? customer,
        int minutesAgo
    )
    {
        string campaign = await CampaignAsync(members);
        string id = customer is null ? await host.AddCustomerAsync() : await host.AddCustomerAsync(customer);
        await using ContractClient app = await host.ConnectAppAsync(id);

        await app.LocateAsync(ContractHost.NowMilliseconds - (minutesAgo * 60_000), Latitude, Longitude);

        JsonNode decision = Assert.Single((await host.GetAsync($"customers/{id}/decisions")).Items)!;
        Assert.Equal(
            (campaign, _fence, reason),
            ((string?)decision["campaignId"], (string?)decision["fenceId"], (string?)decision["reason"])
        );
        Assert.NotNull(decision["inputs"]);
    }

    [Theory]
    [InlineData("", "cap cap sent sent sent")]
    [InlineData(""", "budget": 1 """, "budget budget budget budget sent")]
    [InlineData(""", "caps": { "perCustomer": 2, "perDays": 7 }, "budget": 2 """, "cap cap cap sent sent")]
    [InlineData(""", "cooldownMinutes": 60, "caps": { "perCustomer": 1, "perDays": 7 } """, "cooldown cooldown cooldown cooldown sent")]
    public async Task Cooldown_caps_and_budget_hold_over_visits(string members, string expected)
    {
        await CampaignAsync(members);
        string customer = await host.AddCustomerAsync();
        await using ContractClient app = await host.ConnectAppAsync(customer);
        long at = ContractHost.NowMilliseconds - 600_000;

        for (int visit = 0; visit < 5; visit++, at += 100_000)
        {
            await app.LocateAsync(at, Latitude, Longitude);
            await app.LocateAsync(at + 10_000, Outside, Longitude);
            await app.LocateAsync(at + 70_000, Outside, Longitude);
        }

        Assert.Equal(expected.Split(' '), await ReasonsAsync(customer));
    }

    [Fact]
    public async Task A_budget_holds_over_all_who_come_at_once()
    {
        string campaign = await CampaignAsync(""", "budget": 3 """);
        List<ContractClient> apps = [];
        foreach (int _ in Enumerable.Range(0, 40))
            apps.Add(await host.ConnectAppAsync(await host.AddCustomerAsync()));

        await Task.WhenAll(apps.Select(app => app.LocateAsync(ContractHost.NowMilliseconds, Latitude, Longitude)));

        Answer report = await host.GetAsync($"campaigns/{campaign}/report");
        Assert.Equal((3, 3, 37), ((int)report["sent"]!, (int)report["decisions"]!["sent"]!, (int)report["decisions"]!["budget"]!));
        foreach (ContractClient app in apps)
            await app.DisposeAsync();
    }

    [Theory]
    [InlineData("openCase", true)]
    [InlineData("criticalAlarm", true)]
    [InlineData("lowSatisfaction", false)]
    public async Task An_offer_is_suppressed_while_the_customers_device_is_in_trouble(string trouble, bool suppressed)
    {
        await CampaignAsync($$""", "suppressOn": ["{{trouble}}"] """);
        string customer = await host.AddCustomerAsync();
        string model = await host.AddModelAsync(
            """ "metrics": { "temperature": {} }, "rules": [{ "type": "hot", "severity": "critical", "when": "temperature > 80", "case": { "title": "Hot" } }] """
        );
        await using ContractClient device = await host.AddDeviceAsync(model, customer);
        await using ContractClient app = await host.ConnectAppAsync(customer);
        await device.MeasureAsync(ContractHost.NowMilliseconds, 90);

        await app.LocateAsync(ContractHost.NowMilliseconds, Latitude, Longitude);

        Assert.Equal([suppressed ? "suppressed" : "sent"], await ReasonsAsync(customer));
    }

    [Theory]
    [InlineData("suppressed", 5, 2)]
    [InlineData("sent", 1, 3)]
    public async Task The_last_answer_to_a_survey_holds_an_offer_back_when_it_is_bad(string reason, params int[] scores)
    {
        await CampaignAsync(""", "suppressOn": ["lowSatisfaction"] """);
        string customer = await host.AddCustomerAsync();
        foreach (int score in scores)
            await host.PostAsync(
                $"customers/{customer}/timeline",
                $$"""{ "kind": "survey.answered", "title": "Answered", "data": { "score": {{score}} } }"""
            );
        await using ContractClient app = await host.ConnectAppAsync(customer);

        await app.LocateAsync(ContractHost.NowMilliseconds, Latitude, Longitude);

        Assert.Equal([reason], await ReasonsAsync(customer));
    }

    [Fact]
    public async Task A_merged_persons_caps_count_over_both_and_the_survivors_consent_holds()
    {
        await CampaignAsync(""", "caps": { "perCustomer": 1, "perDays": 7 } """);
        string survivor = await host.AddCustomerAsync();
        string other = await host.AddCustomerAsync(""" "consent": {} """);
        await using ContractClient first = await host.ConnectAppAsync(survivor);
        await using ContractClient second = await host.ConnectAppAsync(other);
        await second.SubscribeAsync($"customers/{other}/offers");
        await host.PostAsync($"customers/{survivor}/merge", $$"""{ "from": "{{other}}" }""");

        await first.LocateAsync(ContractHost.NowMilliseconds, Latitude, Longitude);
        await second.LocateAsync(ContractHost.NowMilliseconds, Latitude, Longitude);

        Assert.Equal(["cap", "sent"], await ReasonsAsync(other));
        (string topic, JsonNode offer, _) = await second.ReceiveAsync("offer in every app of the person");
        Assert.Equal(($"customers/{other}/offers", survivor), (topic, (string?)offer["customerId"]));
        Assert.Equal((string?)offer["id"], (string?)Assert.Single((await host.GetAsync($"customers/{other}/offers")).Items)!["id"]);
        Assert.Equal(
            "redeemed",
            (string?)
                (await host.PostAsync($"offers/{(string?)offer["id"]}/redeem", $$"""{ "code": "{{(string?)offer["code"]}}" }"""))["state"]
        );
    }

    [Fact]
    public async Task Dwelling_leaving_and_a_beacon_trigger_too()
    {
        string beacon = $"f7826da6-4fa2-4e98-8024-bc5b71e0893e:7:{host.NewId("")}";
        Assert.Equal(
            201,
            (await host.PutAsync("beacons/" + beacon, $$"""{ "siteId": "{{_site}}", "name": "Till", "zone": "tills" }""")).Status
        );
        string dwell = await CampaignAsync(""", "dwellMinutes": 5 """, "dwell");
        string exit = await CampaignAsync("", "exit");
        string near = await CampaignAsync($$""", "beaconIds": ["{{beacon}}"] """, "near");
        string customer = await host.AddCustomerAsync();
        await using ContractClient app = await host.ConnectAppAsync(customer);
        long at = ContractHost.NowMilliseconds - 600_000;

        for (int second = 0; second <= 240; second += 60)
            await app.LocateAsync(at + (second * 1000), Latitude, Longitude);
        Assert.Empty(await ReasonsAsync(customer));
        await app.LocateAsync(at + 300_000, Latitude, Longitude);
        await app.LocateAsync(at + 310_000, Outside, Longitude);
        await app.LocateAsync(at + 370_000, Outside, Longitude);
        string heard = $$"""[{"ts":{{ContractHost.NowMilliseconds}},"beacon":"{{beacon.ToUpperInvariant()}}","rssi":-50,"txPower":-59}]""";
        Assert.Equal(ReasonCode.Success, await app.PublishAsync($"customers/{customer}/sightings", heard));

        JsonArray decisions = (await host.GetAsync($"customers/{customer}/decisions")).Items;
        Assert.Equal([near, exit, dwell], decisions.Select(decision => (string)decision!["campaignId"]!));
        Assert.All(decisions, decision => Assert.Equal("sent", (string?)decision!["reason"]));
    }

    private async Task AssertRedeemedOnceAsync(JsonNode offer)
    {
        string path = $"offers/{(string?)offer["id"]}/redeem";
        string code = (string)offer["code"]!;
        Assert.Equal("/code", Assert.Single((await host.PostAsync(path, $$"""{ "code": "wrong", "siteId": "{{_site}}" }""")).Pointers));
        Assert.Equal(
            "/siteId",
            Assert.Single((await host.PostAsync(path, $$"""{ "code": "{{code}}", "siteId": "elsewhere" }""")).Pointers)
        );
        Assert.Equal("redeemed", (string?)(await host.PostAsync(path, $$"""{ "code": "{{code}}", "siteId": "{{_site}}" }"""))["state"]);
        Assert.Equal(409, (await host.PostAsync(path, $$"""{ "code": "{{code}}", "siteId": "{{_site}}" }""")).Status);
        Assert.Equal(404, (await host.PostAsync("offers/nothing/redeem", $$"""{ "code": "{{code}}", "siteId": "{{_site}}" }""")).Status);
    }

    private async Task<string> CampaignAsync(string members = "", string trigger = "enter")
    {
        string id = host.NewId("campaign-");
        Answer put = await host.PutAsync(
            "campaigns/" + id,
            $$"""
            { "name": "Week", "trigger": "{{trigger}}", "fenceIds": ["{{_fence}}"], "content": { "title": "Hello {{"{{customer.name}}"}}", "text": "20 % off" }{{members}} }
            """
        );
        Assert.Equal(201, put.Status);
        _campaigns.Add(id);
        return id;
    }

    private async Task<IEnumerable<string>> ReasonsAsync(string customer) =>
        (await host.GetAsync($"customers/{customer}/decisions")).Items.Select(decision => (string)decision!["reason"]!);
}
