using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Places;

/// <summary>A shopper walks in and gets an offer.</summary>
public sealed class ShopperTests : IAsyncLifetime
{
    private const double BarLatitude = 40.41;
    private const double BarLongitude = 49.86;
    private const string PhoneSession = "phone-of-nigar";

    private HostProcess _host = null!;
    private MosquittoClient _phone = null!;
    private DateTimeOffset _start;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync(null, "--OmniIoT:Offers:QuietHours=");
        await _host.Api.PutAsync("sites/bar", """{ "name": "Espresso bar" }""");
        await _host.Api.PutAsync(
            "fences/bar-1",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                { "siteId": "bar", "name": "The bar", "geometry": { "type": "Point", "coordinates": [{{BarLongitude}}, {{BarLatitude}}] }, "radiusMeters": 40 }
                """
            )
        );
        await PutCampaignAsync("espresso-week", cooldownMinutes: 60);
        await PutCustomerAsync(consentsToLocation: true);
        JsonNode token = await _host.Api.PostAsync("customers/nigar/app-token");
        _phone = new MosquittoClient(_host.MqttPort, "customer:nigar", (string)token["token"]!);
        // The walk is of the last minutes, in device time: nobody waits for it, and nothing in it is stale.
        _start = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Walking_in_brings_an_offer_that_can_be_redeemed_once_by_its_code()
    {
        await using MosquittoSubscription app = await _phone.SubscribeAsync("customers/nigar/offers", PhoneSession);

        await WalkAsync((0, Outside), (20, Inside));

        JsonNode offer = (await app.ReceivedAsync(1, "the offer"))[0].Payload;
        Assert.Equal(
            ("espresso-week", "nigar", "bar"),
            ((string?)offer["campaignId"], (string?)offer["customerId"], (string?)offer["siteId"])
        );
        Assert.Equal("Hello Nigar", (string?)offer["title"]);
        string path = $"offers/{(string)offer["id"]!}";
        await _host.Api.SeenAsync(path, found => (string?)found["state"] == "delivered", "acknowledgement of the offer by the app");
        JsonNode decision = Assert.Single(await _host.Api.ListAsync("customers/nigar/decisions"));
        Assert.Equal(("sent", "bar-1"), ((string?)decision["reason"], (string?)decision["fenceId"]));

        Assert.NotEqual(HttpStatusCode.OK, await RedeemAsync(path, "WRONG"));
        Assert.Equal(HttpStatusCode.OK, await RedeemAsync(path, (string)offer["code"]!));
        Assert.Equal(HttpStatusCode.Conflict, await RedeemAsync(path, (string)offer["code"]!));
        Assert.Equal("redeemed", (string?)Assert.Single(await _host.Api.ListAsync("customers/nigar/offers"))["state"]);
        Assert.Equal(
            ["offer.redeemed", "offer.delivered", "offer.sent", "visit.entered"],
            await KindsAsync("visit.entered", "offer.sent", "offer.delivered", "offer.redeemed")
        );
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public async Task A_phone_that_was_away_gets_its_offer_when_it_returns()
    {
        await using (MosquittoSubscription before = await _phone.SubscribeAsync("customers/nigar/offers", PhoneSession))
            await before.StopAsync();

        await WalkAsync((0, Outside), (20, Inside));
        JsonNode sent = Assert.Single(await _host.Api.ListAsync("customers/nigar/offers"));
        Assert.Equal("sent", (string?)sent["state"]);

        await using MosquittoSubscription after = await _phone.SubscribeAsync("customers/nigar/offers", PhoneSession);
        JsonNode offer = (await after.ReceivedAsync(1, "the offer that waited"))[0].Payload;
        Assert.Equal((string?)sent["id"], (string?)offer["id"]);
        await _host.Api.SeenAsync(
            $"offers/{(string)sent["id"]!}",
            found => (string?)found["state"] == "delivered",
            "acknowledgement by the app"
        );
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public async Task A_second_walk_brings_nothing_and_says_why()
    {
        await PutCampaignAsync("beans-once", cooldownMinutes: 0);

        await WalkAsync((0, Outside), (20, Inside), (30, Outside), (95, Outside), (100, Inside));

        IReadOnlyList<JsonNode> visits = await _host.Api.ListAsync("customers/nigar/visits");
        Assert.Equal(2, visits.Count);
        Assert.Equal(["sent", "cooldown"], await ReasonsAsync("espresso-week"));
        Assert.Equal(["sent", "cap"], await ReasonsAsync("beans-once"));
        Assert.Equal(2, (await _host.Api.ListAsync("customers/nigar/offers")).Count);
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public async Task Without_consent_there_is_no_offer_and_the_reason_is_kept()
    {
        await PutCustomerAsync(consentsToLocation: false);

        await WalkAsync((0, Outside), (20, Inside));

        Assert.DoesNotContain("sent", await ReasonsAsync("espresso-week"));
        Assert.Empty(await _host.Api.ListAsync("customers/nigar/offers"));
        Assert.Empty(_host.Errors);
    }

    // Nobody who stands there has an error circle that touches the fence.
    private static double Outside => BarLatitude + 0.01;

    private static double Inside => BarLatitude + 0.0001;

    private Task WalkAsync(params (int Second, double Latitude)[] fixes) =>
        _phone.PublishAsync(
            "customers/nigar/location",
            [
                .. fixes.Select(fix =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"ts":{{(_start + TimeSpan.FromSeconds(fix.Second)).ToUnixTimeMilliseconds()}},"lat":{{fix.Latitude}},"lon":{{BarLongitude}},"accuracy":8}"""
                    )
                ),
            ]
        );

    private Task<JsonNode> PutCampaignAsync(string id, int cooldownMinutes) =>
        _host.Api.PutAsync(
            $"campaigns/{id}",
            $$"""
            { "name": "{{id}}", "fenceIds": ["bar-1"], "trigger": "enter", "caps": { "perCustomer": 1, "perDays": 7 }, "cooldownMinutes": {{cooldownMinutes}},
              "content": { "title": "Hello {{"{{customer.name}}"}}", "text": "20 % off beans until {{"{{offer.expiresAt}}"}}" }, "expiresMinutes": 120 }
            """
        );

    private Task<JsonNode> PutCustomerAsync(bool consentsToLocation) =>
        _host.Api.PutAsync(
            "customers/nigar",
            $$"""
            { "name": "Nigar", "timeZone": "Asia/Baku", "consent": { "location": {{(
                consentsToLocation ? "true" : "false"
            )}}, "offers": true } }
            """
        );

    private Task<HttpStatusCode> RedeemAsync(string offer, string code) =>
        _host.Api.StatusAsync(HttpMethod.Post, $"{offer}/redeem", $$"""{ "code": "{{code}}", "siteId": "bar" }""");

    /// <summary>Of a campaign, oldest first.</summary>
    private async Task<IEnumerable<string>> ReasonsAsync(string campaignId) =>
        (await _host.Api.ListAsync("customers/nigar/decisions"))
            .Where(decision => (string?)decision["campaignId"] == campaignId)
            .Select(decision => (string)decision["reason"]!)
            .Reverse();

    private async Task<IEnumerable<string>> KindsAsync(params string[] ofInterest) =>
        (await _host.Api.ListAsync("customers/nigar/timeline")).Select(entry => (string)entry["kind"]!).Where(ofInterest.Contains);
}
