using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>Keys of programs, each with the rights that it was given.</summary>
public sealed class ApiKeyCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_key_is_told_once_and_may_what_it_was_given()
    {
        Answer made = await host.PostAsync(
            "api-keys",
            """{"name":"Warehouse","rights":["devices:read","campaigns:write"],"expiresAt":"2099-01-01T00:00:00Z"}"""
        );
        string key = (string)made.Json!["key"]!;
        using HttpClient program = host.ClientWith(key);
        Answer listed = await host.GetAsync("api-keys");

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program, "devices"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program, "campaigns"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(program, "customers"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(program, "api-keys"));
        Assert.DoesNotContain(key, listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", listed.Text, StringComparison.Ordinal);
        JsonNode one = listed.Items.Single(item => (string?)item!["id"] == (string?)made.Json["id"])!;
        Assert.Equal(("Warehouse", "api"), ((string?)one["name"], (string?)one["createdBy"]));
        Assert.DoesNotContain(key, await StoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_open_with_a_key_ends_with_it()
    {
        (string id, string key) = await CreateAsync("""{"name":"Ending","rights":["cases:read"]}""");
        using EventReader stream = await Awaited.Within(
            EventReader.OpenAsync(host.ClientWith(key), "/api/v1/stream?kinds=never", null),
            "stream"
        );

        Assert.Equal(HttpStatusCode.NoContent, (await host.DeleteAsync($"api-keys/{id}")).Status);

        Assert.Empty(await stream.NamesUntilEndAsync());
        using HttpClient program = host.ClientWith(key);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program, "cases"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.DeleteAsync($"api-keys/{id}")).Status);
    }

    [Fact]
    public async Task Nobody_gives_rights_that_they_lack()
    {
        (_, string key) = await CreateAsync("""{"name":"Giver","rights":["keys:write","cases:write"]}""");
        using HttpClient giver = host.ClientWith(key);

        Answer refused = await PostAsync(giver, """{"name":"More","rights":["cases:read","customers:read"]}""");
        Answer given = await PostAsync(giver, """{"name":"Less","rights":["cases:read"]}""");

        Assert.Equal((HttpStatusCode.Forbidden, "NotYourRights"), (refused.Status, (string?)refused.Json!["code"]));
        Assert.Equal(HttpStatusCode.Created, given.Status);
        Assert.StartsWith("api:", (string?)given.Json!["createdBy"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"rights":[]}""", "/name")]
    [InlineData("""{"name":" ","rights":[]}""", "/name")]
    [InlineData("""{"name":"x"}""", "/rights")]
    [InlineData("""{"name":"x","rights":["everything"]}""", "/rights/0")]
    [InlineData("""{"name":"x","rights":[],"expiresAt":"2020-01-01T00:00:00Z"}""", "/expiresAt")]
    [InlineData("""{"name":"x","rights":[],"expires":"2099-01-01T00:00:00Z"}""", "/expires")]
    public async Task What_no_key_can_be_is_refused_with_its_place(string body, string pointer)
    {
        Answer answer = await host.PostAsync("api-keys", body);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    /// <summary>The description says what each call asks for: one of these is enough, and all others together are not.</summary>
    [Fact]
    public async Task Each_call_asks_for_the_rights_that_the_description_names()
    {
        JsonNode description = (await host.GetAsync("/openapi/v1.json")).Json!;
        string[] all = Names((await host.GetAsync("roles")).Items.Single(role => (string?)role!["id"] == "admin")!["rights"]!);
        foreach ((string method, string path, string[] needed) in CallsOf(description))
        {
            string[] resources = [.. needed.Select(right => right.Split(':')[0])];
            string[] others =
            [
                .. all.Where(right => !needed.Contains(right) && !(IsRead(needed) && resources.Contains(right.Split(':')[0]))),
            ];
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await AskAsync(method, path, others)));
            foreach (string right in needed)
            {
                HttpStatusCode status = await AskAsync(method, path, [right]);
                Assert.False(status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{method} {path} with {right}: {status}");
            }
        }
    }

    private static bool IsRead(string[] needed) => needed.All(right => right.EndsWith(":read", StringComparison.Ordinal));

    private static string[] Names(JsonNode rights) => [.. rights.AsArray().Select(right => (string)right!)];

    private static IEnumerable<(string Method, string Path, string[] Needed)> CallsOf(JsonNode description) =>
        from path in description["paths"]!.AsObject()
        from call in path.Value!.AsObject()
        where call.Value!["x-rights"] is not null
        select (call.Key.ToUpperInvariant(), path.Key, Names(call.Value["x-rights"]!));

    private async Task<HttpStatusCode> AskAsync(string method, string path, string[] rights)
    {
        JsonArray names = [.. rights.Select(right => JsonValue.Create(right))];
        (string id, string key) = await CreateAsync(new JsonObject { ["name"] = "asking", ["rights"] = names }.ToJsonString());
        using HttpClient program = host.ClientWith(key);
        string address = System.Text.RegularExpressions.Regex.Replace(path, "{[^}]+}", "nothing-of-that-name");
        string? body = method is "GET" or "DELETE" ? null : """{"strange":true}""";
        HttpStatusCode status = (await RunningHost.SendAsync(program, new HttpMethod(method), address, body)).Status;
        await host.DeleteAsync($"api-keys/{id}");
        return status;
    }

    private async Task<(string Id, string Key)> CreateAsync(string body)
    {
        Answer made = await host.PostAsync("api-keys", body);
        return ((string)made.Json!["id"]!, (string)made.Json["key"]!);
    }

    private static Task<Answer> PostAsync(HttpClient http, string json) => RunningHost.SendAsync(http, HttpMethod.Post, "api-keys", json);

    private async Task<string> StoredAsync()
    {
        IDocumentQueries documents = host.Services.GetRequiredService<IDocumentQueries>();
        Document? keys = await documents.FindAsync(DocumentKind.Setting, "api-keys", TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(keys!.Json);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path) =>
        (await RunningHost.SendAsync(http, HttpMethod.Get, path, null)).Status;
}
