using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Ports.Audit;

namespace OmniIoT.Api.Tests.Audit;

/// <summary>Who did what stands on record.</summary>
public sealed class AuditCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Password = "a password that nobody may read";

    [Theory]
    [InlineData("customers", "customer", "", "/name")]
    [InlineData("models", "model", "", "/name")]
    [InlineData("sites", "site", "", "/name")]
    [InlineData("campaigns", "campaign", Campaign, "/name")]
    [InlineData("enrollments", "enrollment", "\"models\":[\"washer\"],", "/terms/name")]
    public async Task A_change_stands_with_who_what_before_and_after(string list, string kind, string members, string pointer)
    {
        await host.PutAsync("models/washer", RunningHost.Washer);
        await host.PutAsync("sites/a-s1", "{}");
        await host.PutAsync(
            "fences/a-f1",
            """{"siteId":"a-s1","geometry":{"type":"Point","coordinates":[49.86,40.41]},"radiusMeters":100}"""
        );
        foreach (string name in new[] { "One", "Two" })
            Assert.True((await host.PutAsync($"{list}/a-x1", $$"""{ {{members}}"name":"{{name}}"}""")).IsSuccess);

        JsonArray entries = await EntriesAsync($"subject={kind}:a-x1&action={kind}.changed");

        Assert.Equal(2, entries.Count);
        Assert.Equal(("One", "Two"), (At(entries[0]!["before"]!, pointer), At(entries[0]!["after"]!, pointer)));
        Assert.Null(entries[1]!["before"]);
        Assert.Equal(("api", "127.0.0.1", "ok"), Facts(entries[0]!));
    }

    [Fact]
    public async Task A_device_is_on_record_from_its_registration_to_its_end()
    {
        await host.SeedWasherAsync("a-d1", "a-owner");
        await host.PutAsync("devices/a-d1", """{"model":"washer","customerId":"a-owner","name":"Renamed"}""");
        await host.PostAsync("devices/a-d1/secret");
        await host.DeleteAsync("devices/a-d1");

        JsonArray entries = await EntriesAsync("subject=device:a-d1");

        Assert.Equal(
            ["device.deleted", "token.created", "device.changed", "token.created", "device.changed"],
            entries.Select(entry => (string)entry!["action"]!)
        );
        Assert.Equal("Renamed", (string?)entries[0]!["before"]!["name"]);
        Assert.Null(entries[0]!["after"]);
    }

    [Fact]
    public async Task Who_works_on_a_case_and_sends_a_command_stands_without_what_they_wrote()
    {
        await host.SeedWasherAsync("a-d2", "a-owner2");
        Answer opened = await host.PostAsync("cases", """{"customerId":"a-owner2","title":"Leaks on the carpet"}""");
        string id = (string)opened.Json!["id"]!;
        await host.SendAsync(HttpMethod.Patch, $"cases/{id}", """{"priority":"high"}""");
        await host.PostAsync($"cases/{id}/notes", """{"text":"The carpet is blue"}""");
        await host.PostAsync("devices/a-d2/commands", """{"name":"restart"}""");

        JsonArray cases = await EntriesAsync($"subject=case:{id}");
        JsonArray commands = await EntriesAsync("subject=device:a-d2&action=command.sent");

        Assert.True(cases.Count >= 2, $"{cases.Count} entries of the case");
        Assert.All(cases, entry => Assert.Equal(("case.changed", "api"), ((string?)entry!["action"], (string?)entry["actor"])));
        Assert.DoesNotContain("carpet", cases.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("restart", (string?)Assert.Single(commands)!["after"]!["name"]);
    }

    [Fact]
    public async Task A_device_that_is_not_let_in_stands_and_a_name_that_nobody_has_is_not_repeated()
    {
        await host.SeedWasherAsync("a-d3", "a-owner3");

        await Assert.ThrowsAnyAsync<Exception>(() => host.PublishAsync("a-d3", "wrong", "devices/a-d3/telemetry", "{}"));
        await Assert.ThrowsAnyAsync<Exception>(() =>
            host.PublishAsync("a-secret-in-the-wrong-place", "wrong", "devices/a-d3/telemetry", "{}")
        );

        JsonNode known = Assert.Single(await EntriesAsync("subject=device:a-d3&action=session.refused"))!;
        Assert.Equal(("anonymous", "127.0.0.1", "wrong"), Facts(known));
        Assert.Contains(await EntriesAsync("action=session.refused"), entry => (string?)entry!["subject"] == "device:?");
        Assert.DoesNotContain("a-secret-in-the-wrong-place", (await host.GetAsync("audit?limit=500")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_agent_does_stands_by_their_name_and_no_secret_is_in_it()
    {
        await host.PutAsync("agents/a-ann", $$"""{"role":"admin","password":"{{Password}}"}""");
        using HttpClient ann = await SignInAsync("a-ann");
        await RunningHost.SendAsync(ann, HttpMethod.Put, "agents/a-bob", """{"role":"agent","password":"another long secret of bob"}""");
        await RunningHost.SendAsync(ann, HttpMethod.Put, "agents/a-bob", """{"role":"agent","password":"a third long secret of bob"}""");
        await host.PutAsync("customers/a-app", "{}");
        string token = (string)(await host.PostAsync("customers/a-app/app-token")).Json!["token"]!;

        JsonArray entries = await EntriesAsync("actor=agent:a-ann&subject=agent:a-bob");

        Assert.Equal(["agent.changed", "agent.changed"], entries.Select(entry => (string)entry!["action"]!));
        Assert.True((bool)entries[0]!["after"]!["passwordHash"]!["changed"]!);
        string all = (await host.GetAsync("audit?limit=500")).Text;
        foreach (string secret in new[] { Password, "long secret", token, "pbkdf2", RunningHost.ApiKey })
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Each_role_stands_by_itself_with_what_it_was_and_is()
    {
        await host.PutAsync("roles/a-watcher", """{"name":"Watcher","rights":["devices:read"]}""");
        await host.PutAsync("roles/a-watcher", """{"name":"Watcher","rights":["cases:read"],"queues":["a-q"]}""");
        await host.PutAsync("roles/a-other", """{"name":"Other","rights":[]}""");
        await host.DeleteAsync("roles/a-watcher");

        JsonArray entries = await EntriesAsync("subject=role:a-watcher");

        Assert.Equal(["role.deleted", "role.changed", "role.created"], entries.Select(entry => (string)entry!["action"]!));
        Assert.Equal("""["devices:read"]""", entries[1]!["before"]!["rights"]!.ToJsonString());
        Assert.Equal("""["cases:read"]""", entries[1]!["after"]!["rights"]!.ToJsonString());
        Assert.Equal("""["a-q"]""", entries[0]!["before"]!["queues"]!.ToJsonString());
        Assert.Null(entries[0]!["after"]);
        Assert.Empty(await EntriesAsync("subject=setting:roles"));
    }

    [Fact]
    public async Task Each_key_stands_by_itself_with_its_rights_and_without_its_secret()
    {
        Answer made = await host.PostAsync("api-keys", """{"name":"A program","rights":["devices:read"]}""");
        await host.DeleteAsync($"api-keys/{made.Json!["id"]}");

        JsonArray entries = await EntriesAsync($"subject=key:{made.Json["id"]}");

        Assert.Equal(["key.ended", "key.created"], entries.Select(entry => (string)entry!["action"]!));
        Assert.Equal("""["devices:read"]""", entries[1]!["after"]!["rights"]!.ToJsonString());
        Assert.DoesNotContain("hash", entries[1]!["after"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync("subject=setting:api-keys"));
    }

    [Fact]
    public async Task Who_comes_into_the_chat_by_an_app_token_stands_and_so_does_a_wrong_token()
    {
        await host.PutAsync("customers/a-chat", """{"name":"Chat"}""");
        string token = (string)(await host.PostAsync("customers/a-chat/app-token")).Json!["token"]!;
        using HttpClient visitor = host.ClientWith(null);

        await RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/visitors", $$"""{"token":"{{token}}"}""");
        await RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/visitors", $$"""{"token":"{{token}}x"}""");

        JsonArray entries = await EntriesAsync("subject=customer:a-chat&action=session.created,session.refused");
        Assert.Equal(["session.refused", "session.created"], entries.Select(entry => (string)entry!["action"]!));
        Assert.Equal(("customer:a-chat", "127.0.0.1", "ok"), Facts(entries[1]!));
        Assert.Equal(("anonymous", "127.0.0.1", "wrong"), Facts(entries[0]!));
    }

    [Fact]
    public async Task Sign_ins_stand_and_a_flood_of_wrong_passwords_is_few_entries()
    {
        await host.PutAsync("agents/a-signs", $$"""{"password":"{{Password}}"}""");
        (await SignInAsync("a-signs")).Dispose();
        for (int i = 0; i < 30; i++)
            await host.PostAsync("session", """{"user":"a-signs","password":"wrong"}""");
        await host.PostAsync("session", """{"user":"the password, typed where the name belongs","password":"wrong"}""");

        JsonArray entries = await EntriesAsync("subject=agent:a-signs&action=session.created,session.refused");

        Assert.Equal(
            [("anonymous", "lockedOut"), ("anonymous", "wrong"), ("agent:a-signs", "ok")],
            entries.Select(entry => ((string)entry!["actor"]!, (string)entry["outcome"]!))
        );
        Assert.Single(await EntriesAsync("subject=agent:?&action=session.refused"));
    }

    [Fact]
    public async Task Whoever_reads_of_a_person_stands_once_and_the_persons_own_app_does_not()
    {
        await host.PutAsync("customers/a-read", """{"name":"Read"}""");
        string token = (string)(await host.PostAsync("customers/a-read/app-token")).Json!["token"]!;
        using HttpClient app = host.ClientWith(token);
        await RunningHost.SendAsync(app, HttpMethod.Get, "customers/a-read", null);
        Assert.Empty(await EntriesAsync("subject=customer:a-read&action=customer.read"));

        foreach (string path in new[] { "customers/a-read", "customers/a-read/timeline", "customers/a-read" })
            Assert.True((await host.GetAsync(path)).IsSuccess);
        await host.GetAsync("customers/a-nobody");
        await host.GetAsync("customers?q=Read");

        Assert.Single(await EntriesAsync("subject=customer:a-read&action=customer.read"));
        Assert.Empty(await EntriesAsync("subject=customer:a-nobody"));
        Assert.NotEmpty(await EntriesAsync("action=customers.listed"));
    }

    [Fact]
    public async Task A_conversation_that_is_read_stands_with_its_customer()
    {
        await host.PutAsync("customers/a-talk", """{"name":"Talk"}""");
        Answer opened = await host.PostAsync("customers/a-talk/timeline", """{"kind":"note.added","title":"Hello"}""");
        Assert.True(opened.IsSuccess);
        Assert.Empty(await EntriesAsync("subject=customer:a-talk&action=customer.read"));

        await host.GetAsync("customers/a-talk/visits");

        Assert.Single(await EntriesAsync("subject=customer:a-talk&action=customer.read"));
    }

    [Fact]
    public async Task Calls_without_the_right_stand_and_whoever_reads_the_trail_does_too()
    {
        await host.PutAsync("agents/a-tech", $$"""{"role":"technician","password":"{{Password}}"}""");
        using HttpClient technician = await SignInAsync("a-tech");
        using HttpClient stranger = host.ClientWith("no such token");

        Answer refused = await RunningHost.SendAsync(technician, HttpMethod.Get, "audit", null);
        Answer unknown = await RunningHost.SendAsync(stranger, HttpMethod.Get, "audit", null);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (refused.Status, unknown.Status));
        JsonNode entry = Assert.Single(await EntriesAsync("actor=agent:a-tech&action=access.refused"))!;
        Assert.Equal(("call:GET /api/v1/audit", "forbidden"), ((string?)entry["subject"], (string?)entry["outcome"]));
        Assert.Single(await EntriesAsync("actor=anonymous&action=access.refused&subject=call:GET /api/v1/audit"));
        Assert.NotEmpty(await EntriesAsync("actor=api&action=audit.read"));
    }

    [Fact]
    public async Task An_export_and_an_erasure_stand_and_the_trail_still_holds_without_the_persons_values()
    {
        await host.PutAsync("customers/a-gone", """{"name":"Ziyafat Unforgettable"}""");
        await host.GetAsync("customers/a-gone/export");
        await host.DeleteAsync("customers/a-gone");

        JsonArray entries = await EntriesAsync("subject=customer:a-gone");

        Assert.Contains(entries, entry => (string?)entry!["action"] == "customer.exported");
        Assert.Equal("customer.erased", (string?)entries[0]!["action"]);
        Assert.DoesNotContain("Unforgettable", (await host.GetAsync("audit?limit=500")).Text, StringComparison.Ordinal);
        AuditVerdict verdict = await host.Services.GetRequiredService<IAuditTrail>().VerifyAsync(CancellationToken.None);
        Assert.Null(verdict.Fault);
    }

    [Fact]
    public async Task The_address_is_the_one_that_a_trusted_balancer_tells()
    {
        using HttpRequestMessage request = new(HttpMethod.Put, "/api/v1/sites/a-far") { Content = new StringContent("{}") };
        request.Headers.Add("X-Forwarded-For", "203.0.113.5, 192.0.2.44");
        (await host.Http.SendAsync(request)).Dispose();

        Assert.Equal("192.0.2.44", (string?)Assert.Single(await EntriesAsync("subject=site:a-far"))!["address"]);
    }

    [Fact]
    public async Task The_trail_is_filtered_by_time_and_id_counted_and_read_page_by_page()
    {
        for (int i = 0; i < 5; i++)
            await host.PutAsync("sites/a-pages", $$"""{"name":"{{i}}"}""");
        JsonArray all = await EntriesAsync("subject=a-pages");
        string from = (string)all[3]!["at"]!;

        Answer first = await host.GetAsync("audit?subject=site:a-pages&limit=2&count=true");
        Answer second = await host.GetAsync($"audit?subject=site:a-pages&limit=2&cursor={first.Json!["next"]}");

        Assert.Equal((2, 5), (first.Items.Count, (int)first.Json["total"]!));
        Assert.Equal(all.Take(4).Select(Id), first.Items.Concat(second.Items).Select(Id));
        Assert.Contains(Id(all[3]), (await EntriesAsync($"subject=a-pages&from={from}")).Select(Id));
        Assert.DoesNotContain(Id(all[3]), (await EntriesAsync($"subject=a-pages&to={from}")).Select(Id));
        Assert.Equal("/from", (await host.GetAsync("audit?from=soon")).Pointer);
        Assert.Equal("/who", (await host.GetAsync("audit?who=me")).Pointer);
    }

    private const string Campaign = "\"trigger\":\"enter\",\"fenceIds\":[\"a-f1\"],\"content\":{\"title\":\"T\",\"text\":\"B\"},";

    private async Task<JsonArray> EntriesAsync(string query)
    {
        Answer answer = await host.GetAsync("audit?limit=500&" + query);
        Assert.True(answer.IsSuccess, answer.Text);
        return answer.Items;
    }

    private async Task<HttpClient> SignInAsync(string user)
    {
        Answer answer = await host.PostAsync("session", $$"""{"user":"{{user}}","password":"{{Password}}"}""");
        return host.ClientWith((string)answer.Json!["token"]!);
    }

    private static string? Id(JsonNode? entry) => (string?)entry!["id"];

    private static (string?, string?, string?) Facts(JsonNode entry) =>
        ((string?)entry["actor"], (string?)entry["address"], (string?)entry["outcome"]);

    private static string? At(JsonNode json, string pointer) =>
        (string?)pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(json, static (node, name) => node[name]!);
}
