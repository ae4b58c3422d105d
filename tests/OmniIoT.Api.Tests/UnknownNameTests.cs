using System.Net;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

/// <summary>What a call does not understand it says, with the name that was probably meant; it never does half of what was asked.</summary>
public sealed class UnknownNameTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("PUT", "devices/u1", """{"model":"washer","siteID":"s"}""", "/siteID", "siteId")]
    [InlineData("PUT", "devices/u1", """{"model":"washer","nmae":"Washer"}""", "/nmae", "name")]
    [InlineData("PUT", "customers/u1", """{"consent":{"locations":true}}""", "/consent/locations", "location")]
    [InlineData(
        "PUT",
        "customers/u1",
        """{"identities":[{"type":"email","value":"a@b"},{"type":"email","vlaue":"c@d"}]}""",
        "/identities/1/vlaue",
        "value"
    )]
    [InlineData("PUT", "sites/u1", """{"nmae":"Shop"}""", "/nmae", "name")]
    [InlineData(
        "PUT",
        "fences/u1",
        """{"siteID":"s","siteId":"s","geometry":{"type":"Point","coordinates":[1,1]},"radiusMeters":5}""",
        "/siteID",
        "siteId"
    )]
    [InlineData("PUT", "beacons/f7826da6-4fa2-4e98-8024-bc5b71e0893e:1:2", """{"siteId":"s","zoen":"till"}""", "/zoen", "zone")]
    [InlineData(
        "PUT",
        "campaigns/u1",
        """{"name":"x","trigger":"enter","content":{"title":"a","txet":"b","text":"b"}}""",
        "/content/txet",
        "text"
    )]
    [InlineData("PUT", "agents/u1", """{"name":"x","rloe":"admin","password":"long enough to be one"}""", "/rloe", "role")]
    [InlineData("POST", "session", """{"usr":"admin","password":"x"}""", "/usr", "user")]
    [InlineData("POST", "cases", """{"titel":"x","title":"x","customerId":"u0"}""", "/titel", "title")]
    public async Task An_unknown_member_is_refused_with_the_nearest_name(
        string method,
        string path,
        string json,
        string pointer,
        string nearest
    )
    {
        await host.SeedWasherAsync("u0", "u0");
        await host.PutAsync("sites/s", """{"name":"S"}""");

        Answer answer = await host.SendAsync(new HttpMethod(method), path, json);

        AssertRefused(answer, pointer, nearest);
    }

    /// <summary>Who sends it believes that it acts.</summary>
    [Theory]
    [InlineData("PUT", "devices/u1", """{"model":"washer","companion":true}""", "/companion")]
    [InlineData("PUT", "customers/u1", """{"precision":100}""", "/precision")]
    [InlineData("GET", "devices/u0/twin?at=3", null, "/at")]
    public async Task What_would_not_act_is_refused(string method, string path, string? json, string pointer)
    {
        await host.SeedWasherAsync("u0", "u0");

        Answer answer = await host.SendAsync(new HttpMethod(method), path, json);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    [Theory]
    [InlineData("devices?modle=washer", "/modle", "model")]
    [InlineData("customers?query=x", "/query", "q")]
    [InlineData("cases?statuss=open", "/statuss", "status")]
    [InlineData("cases?status=open&Limit=5", "/Limit", "limit")]
    [InlineData("alarms?device=x", "/device", "deviceId")]
    [InlineData("sites?limt=x", "/limt", "limit")]
    [InlineData("devices/u0/telemetry?metric=temperature&form=0", "/form", "from")]
    public async Task An_unknown_part_of_the_query_is_refused_with_the_nearest_name(string path, string pointer, string nearest) =>
        AssertRefused(await host.GetAsync(path), pointer, nearest);

    [Fact]
    public async Task A_call_that_takes_no_query_refuses_any_and_the_id_is_no_part_of_it()
    {
        await host.SeedWasherAsync("u0", "u0");

        Answer refused = await host.GetAsync("devices/u0?id=u0");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/id"), (refused.Status, refused.Pointer));
    }

    [Fact]
    public async Task Nobody_learns_names_without_signing_in()
    {
        using HttpClient stranger = host.ClientWith(null);

        Assert.Equal(HttpStatusCode.Unauthorized, (await RunningHost.SendAsync(stranger, HttpMethod.Get, "devices?modle=x", null)).Status);
    }

    [Fact]
    public async Task What_was_answered_can_be_sent_back_and_free_objects_stay_free()
    {
        await host.SeedWasherAsync("u0", "u0");
        foreach (string path in (string[])["customers/u0", "devices/u0"])
        {
            Answer found = await host.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, (await host.PutAsync(path, found.Text)).Status);
        }
        Answer entry = await host.PostAsync("customers/u0/timeline", """{"text":"x","data":{"nmae":{"anything":[1]}}}""");

        Assert.Equal(HttpStatusCode.Created, entry.Status);
    }

    [Theory]
    [InlineData(""" "customerId":"nobody" """, "/customerId", "There is no customer 'nobody'.")]
    [InlineData(""" "siteId":"nowhere" """, "/siteId", "There is no site 'nowhere'.")]
    public async Task A_device_of_nobody_or_nowhere_is_refused(string member, string pointer, string message)
    {
        await host.SeedWasherAsync("u0", "u0");

        Answer answer = await host.PutAsync("devices/u2", $$"""{"model":"washer",{{member}}}""");

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, pointer, message),
            (answer.Status, answer.Pointer, (string?)answer.Json!["errors"]![0]!["message"])
        );
    }

    [Theory]
    [InlineData(
        "customers/k1",
        """{"name":"K","traits":{"country":"AZ","visits":3,"vip":true}}""",
        "traits",
        """{"country":"AZ","visits":3,"vip":true}"""
    )]
    [InlineData("devices/k1", """{"model":"washer","maintenance":true}""", "maintenance", "true")]
    [InlineData(
        "agents/k1",
        """{"password":"long enough to be one","skills":["gas"],"capacity":{"chat":5}}""",
        "capacity",
        """{"chat":5,"voice":1,"other":10}"""
    )]
    public async Task What_a_client_adds_by_the_contract_is_kept_and_given_back(string path, string json, string member, string expected)
    {
        await host.SeedWasherAsync("u0", "u0");

        Answer stored = await host.PutAsync(path, json);

        Assert.True(stored.IsSuccess, stored.Text);
        Answer listed = await host.GetAsync(path.Split('/')[0] + "?limit=500");
        JsonNode found = listed.Items.Single(item => (string?)item!["id"] == "k1")!;
        Assert.Equal(expected, found[member]!.ToJsonString());
    }

    [Theory]
    [InlineData("PUT", "customers/k2", """{"traits":{"address":{"city":"Baku"}}}""", "/traits/address")]
    [InlineData("PUT", "agents/k2", """{"password":"long enough to be one","capacity":{"chat":-1}}""", "/capacity")]
    public async Task What_a_client_adds_is_bounded(string method, string path, string json, string pointer)
    {
        Answer answer = await host.SendAsync(new HttpMethod(method), path, json);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task Data_of_the_timeline_is_bounded()
    {
        await host.SeedWasherAsync("u0", "u0");

        Answer answer = await host.PostAsync(
            "customers/u0/timeline",
            """{"text":"x","data":{"long":"$"}}""".Replace("$", new string('x', 70_000), StringComparison.Ordinal)
        );

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/data"), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task An_enrolment_for_a_place_that_is_not_there_is_refused()
    {
        await host.SeedWasherAsync("u0", "u0");

        Answer enrollment = await host.PutAsync("enrollments/u1", """{"model":"washer","siteId":"nowhere"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/siteId"), (enrollment.Status, enrollment.Pointer));
    }

    /// <summary>The conversation that the customer u0 has in the chat.</summary>
    private static void AssertRefused(Answer answer, string pointer, string nearest)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        JsonNode error = Assert.Single(answer.Json!["errors"]!.AsArray())!;
        Assert.Equal(pointer, (string?)error["pointer"]);
        Assert.StartsWith($"is not known here; the nearest is {nearest}, known are ", (string?)error["message"], StringComparison.Ordinal);
    }
}
