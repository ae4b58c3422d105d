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
        string token = (string)(await host.PostAsync("customers/shopper/app-token")).Json!["token"]!;

        await host.PublishAsync("customer:shopper", token, "customers/shopper/location", """{"lat":40.41,"lon":49.86,"accuracy":5}""");
        Answer visits = await host.GetAsync("customers/shopper/visits");
        Answer present = await host.GetAsync("places/present");
        Answer offers = await host.GetAsync("customers/shopper/offers");
        Answer decisions = await host.GetAsync("customers/shopper/decisions");
        string id = (string)Assert.Single(offers.Items)!["id"]!;
        Answer wrong = await host.PostAsync($"offers/{id}/redeem", """{"code":"WRONG","siteId":"bar"}""");
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

    [Fact]
    public async Task Fences_are_listed_by_area_text_and_site_with_their_number()
    {
        await host.PutAsync("sites/pole", """{"name":"Pole station"}""");
        await host.PutAsync("sites/camp", """{"name":"Camp"}""");
        await host.PutAsync(
            "fences/hut",
            """{"siteId":"pole","name":"Hut","geometry":{"type":"Point","coordinates":[10,80]},"radiusMeters":100}"""
        );
        await host.PutAsync(
            "fences/hut-two",
            """{"siteId":"camp","name":"Second hut","geometry":{"type":"Point","coordinates":[20,80]},"radiusMeters":100}"""
        );

        Answer near = await host.GetAsync("fences?bbox=9,79,11,81&count=true");
        Answer named = await host.GetAsync("fences?q=HUT&count=true&limit=1");
        Answer ofSite = await host.GetAsync("fences?siteId=camp");
        Answer around = await host.GetAsync("fences?bbox=19,79,9,81");
        Answer sites = await host.GetAsync("sites?q=pole%20st");

        Assert.Equal("hut", (string?)Assert.Single(near.Items)!["id"]);
        Assert.Equal(1, (int)near.Json!["total"]!);
        Assert.Equal((1, 2), (named.Items.Count, (int)named.Json!["total"]!));
        Assert.Equal("hut-two", (string?)Assert.Single(ofSite.Items)!["id"]);
        Assert.Equal("hut-two", (string?)Assert.Single(around.Items)!["id"]);
        Assert.Equal("pole", (string?)Assert.Single(sites.Items)!["id"]);
    }

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("1,2,3,x")]
    [InlineData("0,10,1,9")]
    [InlineData("0,0,181,1")]
    public async Task What_is_no_area_is_refused(string bbox) =>
        Assert.Equal("/bbox", (await host.GetAsync($"fences?bbox={bbox}")).Pointer);

    [Fact]
    public async Task The_names_of_a_page_come_with_one_call()
    {
        await host.PutAsync("customers/n-1", """{"name":"Leyla"}""");
        await host.PutAsync("sites/n-site", """{"name":"Harbour"}""");

        Answer names = await host.PostAsync("names", """{"customers":["n-1","nobody"],"sites":["n-site"]}""");
        Answer tooMany = await host.PostAsync("names", $$"""{"devices":[{{string.Join(',', Enumerable.Repeat("\"d\"", 501))}}]}""");

        Assert.Equal(
            """{"customers":{"n-1":"Leyla"},"devices":{},"sites":{"n-site":"Harbour"},"fences":{},"beacons":{}}""",
            names.Json!.ToJsonString()
        );
        Assert.Equal("/devices", tooMany.Pointer);
    }

    [Theory]
    [InlineData("fences/x", """{"siteId":"nowhere","geometry":{"type":"Point","coordinates":[1,1]},"radiusMeters":5}""", "/siteId")]
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
    public async Task What_is_wrong_with_a_place_or_campaign_is_named(string path, string json, string pointer)
    {
        Answer answer = await host.PutAsync(path, json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(pointer, answer.Pointer);
    }

    [Fact]
    public async Task A_beacon_is_one_in_whatever_spelling()
    {
        await host.PutAsync("sites/aisle", """{"name":"Aisle"}""");
        string[] spellings =
        [
            "F7826DA6-4FA2-4E98-8024-BC5B71E0893E:1:2",
            "f7826da6-4fa2-4e98-8024-bc5b71e0893e:1:2",
            "f7826da6-4fa2-4e98-8024-bc5b71e0893e:01:002",
        ];

        List<HttpStatusCode> answers = [];
        foreach (string id in spellings)
            answers.Add((await host.PutAsync("beacons/" + id, $$"""{"siteId":"aisle","name":"{{id}}"}""")).Status);
        Answer campaign = await host.PutAsync(
            "campaigns/near-it",
            $$$"""{"name":"x","beaconIds":["{{{spellings[0]}}}"],"trigger":"near","content":{"title":"a","text":"b"}}"""
        );

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK], answers);
        foreach (string id in spellings)
        {
            Answer found = await host.GetAsync("beacons/" + id);
            Assert.Equal((spellings[1], spellings[2]), ((string?)found.Json!["id"], (string?)found.Json["name"]));
        }
        Assert.Single((await host.GetAsync("beacons")).Items, beacon => (string?)beacon!["siteId"] == "aisle");
        Assert.Equal(HttpStatusCode.Created, campaign.Status);
        Assert.Equal(HttpStatusCode.NoContent, (await host.DeleteAsync("beacons/" + spellings[0])).Status);
    }

    [Fact]
    public async Task A_site_with_fences_cannot_be_deleted()
    {
        await host.PutAsync("sites/full", """{"name":"Full"}""");
        await host.PutAsync("fences/in-full", """{"siteId":"full","geometry":{"type":"Point","coordinates":[1,1]},"radiusMeters":5}""");

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
        return hoursToNoon == 0 ? "Etc/UTC" : $"Etc/GMT{(hoursToNoon > 0 ? "-" : "+")}{Math.Abs(hoursToNoon)}";
    }
}
