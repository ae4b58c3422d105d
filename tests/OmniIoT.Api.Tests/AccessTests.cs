using System.Net;

namespace OmniIoT.Api.Tests;

public sealed class AccessTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("c1.wrong")]
    [InlineData("agent.YWRtaW4.99999999999999.AAAA")]
    public async Task Who_is_not_known_is_told_so(string? token)
    {
        using HttpClient http = host.ClientWith(token);

        Answer answer = await RunningHost.SendAsync(http, HttpMethod.Get, "devices", null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(401, (int?)answer.Json!["status"]);
    }

    [Fact]
    public async Task An_app_token_opens_its_own_customer_and_nothing_else()
    {
        await host.PutAsync("customers/own", """{"name":"Own"}""");
        await host.PutAsync("customers/other", """{"name":"Other"}""");
        string token = (string)(await host.PostAsync("customers/own/app-token")).Json!["token"]!;
        using HttpClient app = host.ClientWith(token);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "customers/own"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "customers/own/offers"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "customers/other"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "customers"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "stream"));

        await host.PostAsync("customers/own/app-token");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, "customers/own"));
    }

    [Fact]
    public async Task An_agent_signs_in_and_may_what_the_role_allows()
    {
        Answer created = await host.PutAsync("agents/leyla", """{"name":"Leyla","role":"technician","password":"correct horse"}""");
        Answer session = await host.PostAsync("session", """{"user":"leyla","password":"correct horse"}""");
        using HttpClient agent = host.ClientWith((string)session.Json!["token"]!);

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("Leyla", (string?)session.Json["name"]);
        Assert.Equal("technician", (string?)session.Json["role"]);
        Assert.NotNull(session.Json["expiresAt"]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(agent, "cases"));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await RunningHost.SendAsync(agent, HttpMethod.Put, "agents/leyla", """{"role":"admin"}""")).Status
        );

        await host.PutAsync("agents/leyla", """{"name":"Leyla","role":"technician","password":"another horse"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(agent, "cases"));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_like_an_unknown_user()
    {
        Answer wrong = await host.PostAsync("session", """{"user":"admin","password":"wrong"}""");
        Answer unknown = await host.PostAsync("session", """{"user":"nobody","password":"wrong"}""");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal(wrong.Text, unknown.Text);
    }

    [Fact]
    public async Task Unknown_addresses_and_methods_are_problems()
    {
        Answer unknown = await host.GetAsync("nothing");
        Answer method = await host.PostAsync("devices", "{}");

        Assert.Equal(404, (int?)unknown.Json!["status"]);
        Assert.Equal(405, (int?)method.Json!["status"]);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path) =>
        (await RunningHost.SendAsync(http, HttpMethod.Get, path, null)).Status;
}
