using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>Queues, calendars and policies, who is there, and how work comes to them.</summary>
public sealed class RoutingCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("calendars/c-wrong", """{"timeZone":"Mars/Base","hours":[{"from":"09:00","to":"17:00"}]}""", "/timeZone")]
    [InlineData("calendars/c-wrong", """{"timeZone":"UTC","hours":[]}""", "/hours")]
    [InlineData("calendars/c-wrong", """{"timeZone":"UTC","hours":[{"days":["moon"],"from":"09:00","to":"17:00"}]}""", "/hours/0/days/0")]
    [InlineData("calendars/c-wrong", """{"timeZone":"UTC","hours":[{"from":"18:00","to":"17:00"}]}""", "/hours/0/to")]
    [InlineData("calendars/c-wrong", """{"timeZone":"UTC","hours":[{"from":"09:00","to":"24:00"}],"holidays":["31.12."]}""", "/holidays/0")]
    [InlineData("slas/s-wrong", """{"firstResponse":"soon"}""", "/firstResponse")]
    [InlineData("slas/s-wrong", """{"calendar":"none"}""", "/calendar")]
    [InlineData("slas/s-wrong", """{"pauseOn":["asleep"]}""", "/pauseOn/0")]
    [InlineData("slas/s-wrong", """{"byPriority":{"urgent":{"resolution":"0m"}}}""", "/byPriority/urgent/resolution")]
    [InlineData("queues/q-wrong", """{"sla":"none"}""", "/sla")]
    [InlineData("queues/q-wrong", """{"overflow":{"queue":"q-wrong","afterSeconds":5}}""", "/overflow/queue")]
    [InlineData("queues/q-wrong", """{"overflow":{"queue":"other"}}""", "/overflow/afterSeconds")]
    public async Task What_is_wrong_is_named(string path, string json, string pointer)
    {
        Answer answer = await host.PutAsync(path, json);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task A_case_of_a_queue_goes_to_who_is_there_and_has_the_promises_of_its_policy()
    {
        await host.PutAsync("calendars/always", """{"timeZone":"UTC","hours":[{"from":"00:00","to":"24:00"}]}""");
        await host.PutAsync("slas/gold", """{"firstResponse":"10m","resolution":"2h","calendar":"always"}""");
        Answer queue = await host.PutAsync("queues/gold", """{"name":"Gold","skills":["washers"],"sla":"gold"}""");
        await host.PutAsync("agents/ann", """{"password":"a good long password","skills":["washers"],"queues":["gold"]}""");
        await host.PutAsync("agents/ben", """{"password":"a good long password","queues":["gold"]}""");
        await host.PutAsync("customers/r-1", """{"name":"Routed"}""");
        JsonNode opened = (await host.PostAsync("cases", """{"customerId":"r-1","title":"It leaks","queue":"gold"}""")).Json!;
        JsonNode waiting = await QueueAsync("gold");

        await host.PutAsync("agents/ben/presence", """{"state":"available"}""");
        Answer presence = await host.PutAsync("agents/ann/presence", """{"state":"available"}""");
        JsonNode assigned = await CaseAsync((string)opened["id"]!, found => (string?)found["assignee"] is not null);

        Assert.Equal(HttpStatusCode.Created, queue.Status);
        Assert.Equal((1, 0), ((int)waiting["waiting"]!, (int)waiting["available"]!));
        Assert.Equal("available", (string?)presence.Json!["state"]);
        Assert.Equal("ann", (string?)assigned["assignee"]);
        Assert.Equal("gold", (string?)assigned["sla"]!["policy"]);
        Assert.Equal(
            TimeSpan.FromMinutes(110),
            (DateTimeOffset)assigned["sla"]!["resolutionDueAt"]! - (DateTimeOffset)assigned["sla"]!["firstResponseDueAt"]!
        );
        Assert.Equal((0, 1), ((int)(await QueueAsync("gold"))["waiting"]!, (int)(await QueueAsync("gold"))["available"]!));
        Assert.Equal(HttpStatusCode.Conflict, (await host.DeleteAsync("slas/gold")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.DeleteAsync("calendars/always")).Status);
    }

    [Fact]
    public async Task An_agent_sees_what_was_given_to_them_and_until_when_and_takes_it_or_gives_it_back()
    {
        await host.PutAsync("queues/mine", """{"name":"Mine"}""");
        await host.PutAsync(
            "agents/mia",
            """{"password":"a good long password","queues":["mine"],"capacity":{"chat":1,"voice":0,"other":2}}"""
        );
        await host.PutAsync("agents/max", """{"password":"a good long password"}""");
        await host.PutAsync("customers/r-9", """{"name":"Asking"}""");
        await host.PutAsync("agents/mia/presence", """{"state":"available"}""");
        string first = (string)(await host.PostAsync("cases", """{"customerId":"r-9","title":"One","queue":"mine"}""")).Json!["id"]!;
        string second = (string)(await host.PostAsync("cases", """{"customerId":"r-9","title":"Two","queue":"mine"}""")).Json!["id"]!;
        await ListedAsync("cases?queue=mine&assignee=mia", 2);
        using HttpClient mia = await SignInAsync("mia");
        using HttpClient max = await SignInAsync("max");
        string decline = $"me/desk/offered/case/{first}/decline";

        JsonNode desk = (await RunningHost.SendAsync(mia, HttpMethod.Get, "me/desk", null)).Json!;
        Answer anothers = await RunningHost.SendAsync(max, HttpMethod.Post, decline, null);
        Answer declined = await RunningHost.SendAsync(mia, HttpMethod.Post, decline, null);
        Answer again = await RunningHost.SendAsync(mia, HttpMethod.Post, decline, null);
        Answer taken = await RunningHost.SendAsync(mia, HttpMethod.Patch, $"cases/{second}", """{"assignee":"mia"}""");
        JsonNode after = (await RunningHost.SendAsync(mia, HttpMethod.Get, "me/desk", null)).Json!;

        Assert.Equal(("available", 2, 2), ((string?)desk["state"], (int)desk["load"]!["other"]!, (int)desk["capacity"]!["other"]!));
        Assert.Equal([first, second], desk["offered"]!.AsArray().Select(one => (string?)one!["id"]).Order(StringComparer.Ordinal));
        Assert.All(
            desk["offered"]!.AsArray(),
            one => Assert.Equal(TimeSpan.FromSeconds(90), (DateTimeOffset)one!["answerBy"]! - (DateTimeOffset)one["offeredAt"]!)
        );
        Assert.Equal(HttpStatusCode.NotFound, anothers.Status);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (declined.Status, again.Status));
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Empty(after["offered"]!.AsArray());
        // Who said no is not asked again at once; what was taken stays.
        Assert.Null((await host.GetAsync($"cases/{first}")).Json!["assignee"]);
        Assert.Equal("mia", (string?)(await host.GetAsync($"cases/{second}")).Json!["assignee"]);
    }

    [Fact]
    public async Task Who_leaves_gives_back_what_was_not_answered_and_what_a_person_took_away_stays()
    {
        await host.PutAsync("queues/left", """{"name":"Left"}""");
        await host.PutAsync("agents/lea", """{"password":"a good long password","queues":["left"]}""");
        await host.PutAsync("agents/lea/presence", """{"state":"available"}""");
        await host.PutAsync("customers/r-2", """{"name":"Left alone"}""");
        string id = (string)(await host.PostAsync("cases", """{"customerId":"r-2","title":"Stuck","queue":"left"}""")).Json!["id"]!;
        await CaseAsync(id, found => (string?)found["assignee"] == "lea");

        await host.PutAsync("agents/lea/presence", """{"state":"offline"}""");
        await CaseAsync(id, found => found["assignee"] is null);
        await host.PutAsync("agents/lea/presence", """{"state":"available"}""");
        await CaseAsync(id, found => (string?)found["assignee"] == "lea");
        Answer taken = await host.SendAsync(HttpMethod.Patch, $"cases/{id}", """{"assignee":null}""");
        await host.PostAsync("cases", """{"customerId":"r-2","title":"Another","queue":"left"}""");
        await ListedAsync("cases?queue=left&assignee=lea");

        Assert.Null(taken.Json!["assignee"]);
        Assert.Null((await host.GetAsync($"cases/{id}")).Json!["assignee"]);
    }

    [Fact]
    public async Task A_broken_promise_is_told_and_comes_first_in_the_list()
    {
        await host.PutAsync("slas/hasty", """{"firstResponse":"1s"}""");
        await host.PutAsync("queues/hasty", """{"name":"Hasty","sla":"hasty"}""");
        await host.PutAsync("customers/r-3", """{"name":"Waits"}""");
        string id = (string)(await host.PostAsync("cases", """{"customerId":"r-3","title":"Late","queue":"hasty"}""")).Json!["id"]!;
        await host.PostAsync("cases", """{"customerId":"r-3","title":"In time","queue":"calm"}""");

        JsonNode breached = await CaseAsync(id, found => found["sla"]!["breached"]!.AsArray().Count > 0);
        JsonArray timeline = (await host.GetAsync($"cases/{id}/timeline")).Items;
        JsonArray first = (await host.GetAsync("cases?customerId=r-3&sort=breached")).Items;

        Assert.Equal(["firstResponse"], breached["sla"]!["breached"]!.AsArray().Select(target => (string?)target));
        JsonNode told = Assert.Single(timeline, entry => (string?)entry!["kind"] == "sla.breached")!;
        Assert.Equal("firstResponse", (string?)told["data"]!["target"]);
        Assert.Equal(["Late", "In time"], first.Select(item => (string?)item!["title"]));
    }

    private async Task<JsonNode> QueueAsync(string id) =>
        (await host.GetAsync("queues")).Items.Single(queue => (string?)queue!["id"] == id)!;

    private Task<JsonNode> CaseAsync(string id, Func<JsonNode, bool> wanted) =>
        Awaited.Seen(async () => (await host.GetAsync($"cases/{id}")).Json is { } found && wanted(found) ? found : null, $"case {id}");

    private Task<JsonNode> ListedAsync(string path, int count = 1) =>
        Awaited.Seen(
            async () => (await host.GetAsync(path)).Json is { } found && found["items"]!.AsArray().Count >= count ? found : null,
            path
        );

    private async Task<HttpClient> SignInAsync(string agent)
    {
        Answer session = await host.PostAsync("session", $$"""{"user":"{{agent}}","password":"a good long password"}""");
        return host.ClientWith((string?)session.Json!["token"]);
    }
}
