using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>Whoever is signed in sees where, and ends what should not be.</summary>
public sealed class SessionCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task An_agent_sees_who_they_are_and_what_they_may()
    {
        using HttpClient agent = await BeginAsync("aware");

        Answer me = await SendAsync(agent, HttpMethod.Get, "me");

        Assert.Equal(("aware", "agent"), ((string?)me.Json!["id"], (string?)me.Json["role"]));
        Assert.Contains("customers:write", me.Json["rights"]!.AsArray().Select(right => (string?)right));
        Assert.Equal("api", (string?)(await host.GetAsync("me")).Json!["id"]);
    }

    [Fact]
    public async Task Sessions_are_listed_and_each_can_be_ended()
    {
        using HttpClient first = await BeginAsync("listing");
        using HttpClient second = await SignInAsync("listing", Password);

        JsonArray sessions = (await SendAsync(second, HttpMethod.Get, "me/sessions")).Items;
        JsonNode other = sessions.Single(session => !(bool)session!["current"]!)!;

        Assert.Equal(2, sessions.Count);
        Assert.True((bool)sessions[0]!["current"]!);
        Assert.All(sessions, session => Assert.Equal("127.0.0.1", (string?)session!["address"]));
        Assert.All(sessions, session => Assert.Equal("test-client/1", (string?)session!["client"]));
        Assert.All(sessions, session => Assert.NotNull(session!["since"]));
        Assert.All(sessions, session => Assert.NotNull(session!["lastSeenAt"]));

        string path = $"me/sessions/{(string?)other["id"]}";
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(second, HttpMethod.Delete, path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(second, HttpMethod.Delete, path)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(first, HttpMethod.Get, "me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(second, HttpMethod.Get, "me")).Status);
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another_as_their_own()
    {
        using HttpClient mine = await BeginAsync("minding");
        using HttpClient theirs = await BeginAsync("minded");
        string id = (string)(await SendAsync(theirs, HttpMethod.Get, "me/sessions")).Items[0]!["id"]!;

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(mine, HttpMethod.Delete, $"me/sessions/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(mine, HttpMethod.Delete, $"agents/minded/sessions/{id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(theirs, HttpMethod.Get, "me")).Status);
    }

    [Theory]
    [InlineData("sign-out")]
    [InlineData("one")]
    [InlineData("all")]
    [InlineData("password")]
    [InlineData("removed")]
    public async Task What_is_open_with_a_session_ends_with_it(string how)
    {
        string agent = $"closing-{how}";
        using HttpClient session = await BeginAsync(agent);
        string id = (string)(await SendAsync(session, HttpMethod.Get, "me/sessions")).Items[0]!["id"]!;
        using EventReader stream = await OpenAsync(session);

        Answer ended = how switch
        {
            "sign-out" => await SendAsync(session, HttpMethod.Delete, "session"),
            "one" => await host.DeleteAsync($"agents/{agent}/sessions/{id}"),
            "all" => await host.DeleteAsync($"agents/{agent}/sessions"),
            "password" => await host.PutAsync($"agents/{agent}", $$"""{"password":"{{Password}} renewed"}"""),
            _ => await host.DeleteAsync($"agents/{agent}"),
        };

        Assert.True(ended.IsSuccess, ended.Text);
        Assert.Empty(await stream.NamesUntilEndAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(session, HttpMethod.Get, "me")).Status);
    }

    [Fact]
    public async Task A_stream_ends_when_its_watchers_role_may_other_things()
    {
        await host.PutAsync("roles/changing", """{"rights":["cases:read"]}""");
        using HttpClient session = await BeginAsync("affected", "changing");
        using EventReader stream = await OpenAsync(session);

        await host.PutAsync("roles/changing", """{"rights":["alarms:read"]}""");

        Assert.Empty(await stream.NamesUntilEndAsync());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(session, HttpMethod.Get, "alarms")).Status);
    }

    [Fact]
    public async Task A_password_is_changed_by_its_owner_and_all_other_sessions_end()
    {
        using HttpClient other = await BeginAsync("renewing");
        using HttpClient session = await SignInAsync("renewing", Password);
        const string New = "a heron over quiet water";

        Answer wrong = await PutAsync(session, "me/password", $$"""{"current":"not it at all","new":"{{New}}"}""");
        Answer weak = await PutAsync(session, "me/password", $$"""{"current":"{{Password}}","new":"password1234"}""");
        Answer missing = await PutAsync(session, "me/password", "{}");
        Answer changed = await PutAsync(session, "me/password", $$"""{"current":"{{Password}}","new":"{{New}}"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/current"), (wrong.Status, wrong.Pointer));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/new"), (weak.Status, weak.Pointer));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/current"), (missing.Status, missing.Pointer));
        Assert.Equal(HttpStatusCode.NoContent, changed.Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(session, HttpMethod.Get, "me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(other, HttpMethod.Get, "me")).Status);
        Assert.Single((await SendAsync(session, HttpMethod.Get, "me/sessions")).Items);
        using HttpClient anew = await SignInAsync("renewing", New);
    }

    [Theory]
    [InlineData("GET", "me/sessions")]
    [InlineData("DELETE", "me/sessions/x")]
    [InlineData("PUT", "me/password")]
    public async Task A_program_has_no_sessions_and_no_password(string method, string path)
    {
        Answer answer = await host.SendAsync(new HttpMethod(method), path, method == "PUT" ? "{}" : null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    private async Task<HttpClient> BeginAsync(string agent, string role = "agent")
    {
        Assert.True((await host.PutAsync($"agents/{agent}", $$"""{"role":"{{role}}","password":"{{Password}}"}""")).IsSuccess);
        return await SignInAsync(agent, Password);
    }

    private async Task<HttpClient> SignInAsync(string agent, string password)
    {
        using HttpClient stranger = host.ClientWith(null);
        stranger.DefaultRequestHeaders.UserAgent.ParseAdd("test-client/1");
        Answer session = await RunningHost.SendAsync(
            stranger,
            HttpMethod.Post,
            "session",
            $$"""{"user":"{{agent}}","password":"{{password}}"}"""
        );
        return host.ClientWith((string)session.Json!["token"]!);
    }

    private async Task<EventReader> OpenAsync(HttpClient session) =>
        await Awaited.Within(
            EventReader.OpenAsync(
                host.ClientWith(session.DefaultRequestHeaders.Authorization!.Parameter),
                "/api/v1/stream?kinds=never",
                null
            ),
            "stream"
        );

    private static Task<Answer> SendAsync(HttpClient http, HttpMethod method, string path) =>
        RunningHost.SendAsync(http, method, path, null);

    private static Task<Answer> PutAsync(HttpClient http, string path, string json) =>
        RunningHost.SendAsync(http, HttpMethod.Put, path, json);
}
