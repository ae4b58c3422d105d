using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>A role is a set of rights, and each call asks for one.</summary>
public sealed class RoleCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task There_are_five_roles_and_admin_has_every_right()
    {
        JsonArray roles = (await host.GetAsync("roles")).Items;

        Assert.Equal(["technician", "agent", "marketer", "supervisor", "admin"], roles.Take(5).Select(role => (string?)role!["id"]));
        Assert.All(roles.Take(5), role => Assert.True((bool)role!["builtIn"]!));
        Assert.All(RightsOf(roles[4]!), right => Assert.Matches("^[a-zA-Z]+:(read|write)$", right));
        Assert.Superset(RightsOf(roles[0]!).ToHashSet(), RightsOf(roles[4]!).ToHashSet());
    }

    [Theory]
    [InlineData("technician", "alarms:write cases:write commands:write devices:read", "customers:write exports:read campaigns:write")]
    [InlineData("agent", "customers:write conversations:write exports:read", "devices:write people:write erasures:write")]
    [InlineData(
        "marketer",
        "campaigns:write places:write offers:write reports:read customers:read",
        "exports:read cases:read customers:write"
    )]
    [InlineData("supervisor", "conversations:write reports:read queues:write people:read", "people:write keys:read models:write")]
    public async Task A_role_is_made_for_its_work(string role, string has, string hasNot)
    {
        JsonNode found = (await host.GetAsync("roles")).Items.Single(one => (string?)one!["id"] == role)!;

        Assert.Superset(has.Split(' ').ToHashSet(), RightsOf(found).ToHashSet());
        Assert.Empty(RightsOf(found).Intersect(hasNot.Split(' ')));
    }

    [Fact]
    public async Task A_role_that_was_made_gives_its_rights_and_no_other_and_a_change_counts_from_the_next_call_on()
    {
        Answer made = await host.PutAsync("roles/watcher", """{"name":"Watcher","rights":["devices:read","alarms:write"]}""");
        using HttpClient watcher = await SignInAsync("watching", "watcher");

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(
            """{"id":"watcher","name":"Watcher","rights":["alarms:write","devices:read"],"builtIn":false,"queues":[],"sites":[]}""",
            made.Text
        );
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(watcher, "devices"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(watcher, "alarms"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(watcher, "cases"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(watcher, "roles"));

        Assert.Equal(HttpStatusCode.OK, (await host.PutAsync("roles/watcher", """{"rights":["cases:read"]}""")).Status);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(watcher, "cases"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(watcher, "devices"));

        Assert.Equal((HttpStatusCode.Conflict, "RoleInUse"), Code(await host.DeleteAsync("roles/watcher")));
        await host.DeleteAsync("agents/watching");
        Assert.Equal(HttpStatusCode.NoContent, (await host.DeleteAsync("roles/watcher")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.DeleteAsync("roles/watcher")).Status);
    }

    [Fact]
    public async Task A_built_in_role_is_changed_and_is_again_what_it_was()
    {
        using HttpClient marketer = await SignInAsync("selling", "marketer");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(marketer, "cases"));

        await host.PutAsync("roles/marketer", """{"rights":["cases:read"]}""");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(marketer, "cases"));

        await host.DeleteAsync("roles/marketer");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(marketer, "cases"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(marketer, "campaigns"));
    }

    [Theory]
    [InlineData("PUT", """{"rights":[]}""")]
    [InlineData("DELETE", null)]
    public async Task What_an_administrator_may_stays(string method, string? body)
    {
        Assert.Equal((HttpStatusCode.Conflict, "RoleIsFixed"), Code(await host.SendAsync(new HttpMethod(method), "roles/admin", body)));
    }

    [Theory]
    [InlineData("""{"rights":["devices:reed"]}""", "/rights/0", "devices:read")]
    [InlineData("""{"rights":["devices:read","custmers:write"]}""", "/rights/1", "customers:write")]
    [InlineData("""{"rights":[null]}""", "/rights/0", "is not known here")]
    [InlineData("""{"name":"x"}""", "/rights", "is missing")]
    public async Task Of_an_unknown_right_the_nearest_is_named(string body, string pointer, string said)
    {
        Answer answer = await host.PutAsync("roles/wrong", body);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_has_a_role_that_there_is()
    {
        Answer answer = await host.PutAsync("agents/lost", $$"""{"role":"technichian","password":"{{Password}}"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/role"), (answer.Status, answer.Pointer));
        Assert.Contains("the nearest is technician", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gives_or_takes_rights_that_are_not_their_own()
    {
        await host.PutAsync("roles/personnel", """{"rights":["people:write","cases:read"]}""");
        using HttpClient personnel = await SignInAsync("recruiting", "personnel");
        using HttpClient other = await SignInAsync("mighty", "supervisor");

        Answer[] refused =
        [
            await PutAsync(personnel, "roles/personnel", """{"rights":["people:write","keys:write"]}"""),
            await PutAsync(personnel, "roles/agent", """{"rights":["cases:read"]}"""),
            await RunningHost.SendAsync(personnel, HttpMethod.Delete, "roles/technician", null),
            await PutAsync(personnel, "agents/recruiting", """{"role":"admin"}"""),
            await PutAsync(personnel, "agents/mighty", $$"""{"role":"personnel","password":"{{Password}} taken over"}"""),
            await RunningHost.SendAsync(personnel, HttpMethod.Delete, "agents/mighty", null),
        ];

        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.Forbidden, "NotYourRights"), Code(answer)));
        Assert.Equal(
            HttpStatusCode.Created,
            (await PutAsync(personnel, "agents/recruited", $$"""{"role":"personnel","password":"{{Password}}"}""")).Status
        );
    }

    [Fact]
    public async Task The_last_administrator_neither_goes_nor_is_demoted()
    {
        await host.PutAsync("agents/second", $$"""{"role":"admin","password":"{{Password}}"}""");
        Answer[] both = await Task.WhenAll(host.PutAsync("agents/second", """{"role":"agent"}"""), host.DeleteAsync("agents/admin"));

        Assert.Single(both, answer => answer.IsSuccess);
        Assert.Equal((HttpStatusCode.Conflict, "LastAdministrator"), Code(both.Single(answer => !answer.IsSuccess)));
        string left = both[0].IsSuccess ? "admin" : "second";
        Assert.Equal("LastAdministrator", Code(await host.DeleteAsync($"agents/{left}")).Reason);
        Assert.Equal("LastAdministrator", Code(await host.PutAsync($"agents/{left}", """{"role":"technician"}""")).Reason);
        Assert.Equal(HttpStatusCode.OK, (await host.PutAsync($"agents/{left}", """{"role":"admin","name":"Renamed"}""")).Status);
    }

    [Fact]
    public async Task A_stream_shows_what_its_watcher_may_see()
    {
        await host.PutAsync("roles/desk-only", """{"rights":["cases:read"]}""");
        using HttpClient watcher = await SignInAsync("looking", "desk-only");
        await host.PutAsync("customers/streamed", """{"name":"S"}""");
        using EventReader stream = await Awaited.Within(
            EventReader.OpenAsync(watcher, "/api/v1/stream?customerId=streamed", null),
            "stream"
        );

        await host.PostAsync("customers/streamed/timeline", """{"text":"only for those who may read customers"}""");
        await host.PostAsync("cases", """{"customerId":"streamed","title":"Leaks"}""");

        Assert.StartsWith("case", (await stream.NextAsync()).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_told_of_what_the_caller_may_see()
    {
        await host.PutAsync("roles/keeper", """{"rights":["places:read"]}""");
        using HttpClient keeper = await SignInAsync("keeping", "keeper");
        await host.PutAsync("customers/named", """{"name":"Secret"}""");
        await host.PutAsync("sites/named", """{"name":"Open"}""");

        Answer names = await RunningHost.SendAsync(keeper, HttpMethod.Post, "names", """{"customers":["named"],"sites":["named"]}""");

        Assert.Equal("Open", (string?)names.Json!["sites"]!["named"]);
        Assert.DoesNotContain("Secret", names.Text, StringComparison.Ordinal);
    }

    private static (HttpStatusCode Status, string? Reason) Code(Answer answer) => (answer.Status, (string?)answer.Json!["code"]);

    private static IEnumerable<string> RightsOf(JsonNode role) => role["rights"]!.AsArray().Select(right => (string)right!);

    private async Task<HttpClient> SignInAsync(string agent, string role)
    {
        Assert.True((await host.PutAsync($"agents/{agent}", $$"""{"role":"{{role}}","password":"{{Password}}"}""")).IsSuccess);
        Answer session = await host.PostAsync("session", $$"""{"user":"{{agent}}","password":"{{Password}}"}""");
        return host.ClientWith((string)session.Json!["token"]!);
    }

    private static Task<Answer> PutAsync(HttpClient http, string path, string json) =>
        RunningHost.SendAsync(http, HttpMethod.Put, path, json);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path) =>
        (await RunningHost.SendAsync(http, HttpMethod.Get, path, null)).Status;
}
