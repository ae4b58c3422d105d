using System.Net;

namespace OmniIoT.Api.Tests;

public sealed class PlaceCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_shopper_who_walks_into_a_fence_gets_an_offer_and_redeems_it()
    {
        await host.PutAsync("sites/bar", """{"name":"Espresso bar"}""");
        await host.PutAsync(
            "fences/bar-1",
            """{"siteId":"bar","name":"Bar","geometry":{"type":"Point","coordinates":[49.86,40.41]},"radiusMeters":100}"""
        );
        await host.PutAsync(
            "campaigns/week",
            """{"name":"Week","fenceIds":["bar-1"],"trigger":"enter","content":{"title":"Hello {{customer.name}}","text":"20 %"}}"""
        );
        await host.PutAsync(
            "customers/shopper",
            $$"""{"consent":{"location":true,"offers":true},"name":"Aygun","timeZone":"{{Daytime()}}"}"""
        );
        string token = (string)
            (await host.PostAsync("customers/shopper/app-token")).Json!["token"]!;

        await host.PublishAsync(
            "customer:shopper",
            token,
            "customers/shopper/location",
            """{"lat":40.41,"lon":49.86,"accuracy":5}"""
        );
        Answer visits = await host.GetAsync("customers/shopper/visits");
        Answer present = await host.GetAsync("places/present");
        Answer offers = await host.GetAsync("customers/shopper/offers");
        Answer decisions = await host.GetAsync("customers/shopper/decisions");
        string id = (string)Assert.Single(offers.Items)!["id"]!;
        Answer wrong = await host.PostAsync(
            $"offers/{id}/redeem",
            """{"code":"WRONG","siteId":"bar"}"""
        );
        Answer redeemed = await host.PostAsync(
            $"offers/{id}/redeem",
            $$"""{"code":"{{(string)offers.Items[0]!["code"]!}}","siteId":"bar"}"""
        );
        Answer report = await host.GetAsync("campaigns/week/report");

        Assert.Equal("bar-1", (string?)Assert.Single(visits.Items)!["fenceId"]);
        Assert.Equal("shopper", (string?)Assert.Single(present.Items)!["customerId"]);
        Assert.Equal("Hello Aygun", (string?)offers.Items[0]!["title"]);
        Assert.Equal("sent", (string?)Assert.Single(decisions.Items)!["reason"]);
        Assert.False(wrong.IsSuccess);
        Assert.Equal("redeemed", (string?)redeemed.Json!["state"]);
        Assert.Equal(1, (int?)report.Json!["redeemed"]);
    }

    [Theory]
    [InlineData(
        "fences/x",
        """{"siteId":"nowhere","geometry":{"type":"Point","coordinates":[1,1]},"radiusMeters":5}""",
        "/siteId"
    )]
    [InlineData(
        "fences/x",
        """{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}}""",
        "/geometry/coordinates/0"
    )]
    [InlineData("beacons/x", """{"siteId":"s"}""", "/id")]
    [InlineData(
        "campaigns/x",
        """{"name":"x","fenceIds":["nowhere"],"trigger":"enter","content":{"title":"a","text":"b"}}""",
        "/fenceIds/0"
    )]
    public async Task What_is_wrong_with_a_place_or_campaign_is_named(
        string path,
        string json,
        string pointer
    )
    {
        Answer answer = await host.PutAsync(path, json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(pointer, answer.Pointer);
    }

    [Fact]
    public async Task A_site_with_fences_cannot_be_deleted()
    {
        await host.PutAsync("sites/full", """{"name":"Full"}""");
        await host.PutAsync(
            "fences/in-full",
            """{"siteId":"full","geometry":{"type":"Point","coordinates":[1,1]},"radiusMeters":5}"""
        );

        Answer refused = await host.DeleteAsync("sites/full");
        await host.DeleteAsync("fences/in-full");
        Answer deleted = await host.DeleteAsync("sites/full");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
    }

    /// <summary>A zone where it is about noon, so that no quiet hours hold an offer back.</summary>
    private static string Daytime()
    {
        int hoursToNoon = 12 - TimeProvider.System.GetUtcNow().Hour;
        return hoursToNoon == 0
            ? "Etc/UTC"
            : $"Etc/GMT{(hoursToNoon > 0 ? "-" : "+")}{Math.Abs(hoursToNoon)}";
    }
}
