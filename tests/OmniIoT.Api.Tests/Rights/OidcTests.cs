using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.Api.Access.OpenId;
using OmniIoT.TestKit.Security;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>People sign in by a provider of OpenID Connect.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private readonly TestOidcProvider _provider = new();
    private readonly RunningHost _host;

    public OidcTests() =>
        _host = new RunningHost(settings =>
            settings with
            {
                Oidc = new OidcOptions
                {
                    Authority = _provider.Authority,
                    ClientId = TestOidcProvider.ClientId,
                    ClientSecret = TestOidcProvider.ClientSecret,
                    Roles = [KeyValuePair.Create("bosses", "supervisor"), KeyValuePair.Create("staff", "agent")],
                },
            }
        );

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Whom_the_provider_knows_is_let_in_with_the_role_of_their_claim()
    {
        (string end, JsonNode? me) = await SignInAsync(Person("leyla", "1", "staff"));
        (string again, JsonNode? promoted) = await SignInAsync(Person("leyla", "1", "staff", "bosses"));

        Assert.Equal("/signin?oidc=done", end);
        Assert.Equal(("leyla", "Leyla", "agent"), Told(me));
        Assert.Equal("/signin?oidc=done", again);
        Assert.Equal("supervisor", (string?)promoted!["role"]);
        Assert.True((bool)(await _host.GetAsync("session/ways")).Json!["oidc"]!);
    }

    [Fact]
    public async Task Who_has_no_role_here_does_not_get_in()
    {
        (string end, JsonNode? me) = await SignInAsync(Person("guest", "2", "visitors"));

        Assert.Equal(("/signin?oidc=noRole", null), (end, me));
        Assert.DoesNotContain("guest", (await _host.GetAsync("agents")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("leyla")]
    public async Task Nobody_becomes_somebody_else_by_their_name(string name)
    {
        await SignInAsync(Person("leyla", "1", "staff"));

        (string end, JsonNode? me) = await SignInAsync(Person(name, "other", "bosses"));

        Assert.Equal(("/signin?oidc=taken", null), (end, me));
    }

    [Fact]
    public async Task A_token_that_the_provider_did_not_sign_opens_nothing()
    {
        _provider.Forges = true;

        (string end, JsonNode? me) = await SignInAsync(Person("leyla", "1", "staff"));

        Assert.Equal(("/signin?oidc=failed", null), (end, me));
    }

    [Fact]
    public async Task What_nobody_here_began_is_not_finished()
    {
        using HttpClient browser = Browser();

        Answer answer = await RunningHost.SendAsync(browser, HttpMethod.Get, "session/oidc/callback?code=x&state=y", null);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    [Fact]
    public async Task Who_came_by_the_provider_has_no_password_to_guess()
    {
        await SignInAsync(Person("leyla", "1", "staff"));

        Answer empty = await _host.PostAsync("session", """{"user":"leyla","password":""}""");

        Assert.Equal(HttpStatusCode.Unauthorized, empty.Status);
    }

    private static JsonObject Person(string name, string subject, params string[] roles) =>
        new()
        {
            ["sub"] = subject,
            ["preferred_username"] = name,
            ["name"] = char.ToUpperInvariant(name[0]) + name[1..],
            ["roles"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role))]),
        };

    private static (string?, string?, string?) Told(JsonNode? me) => ((string?)me!["id"], (string?)me["name"], (string?)me["role"]);

    /// <summary>Goes where a browser is sent, up to the console's page.</summary>
    private async Task<(string End, JsonNode? Me)> SignInAsync(JsonObject person)
    {
        _provider.Claims = person;
        using HttpClient browser = Browser();
        Uri next = new(_host.Http.BaseAddress!, "/api/v1/session/oidc");
        while (next.AbsolutePath != "/signin")
        {
            using HttpResponseMessage response = await browser.GetAsync(next);
            Assert.True(response.StatusCode == HttpStatusCode.Redirect, $"{next}: {await response.Content.ReadAsStringAsync()}");
            next = new Uri(next, response.Headers.Location!);
        }
        Answer me = await RunningHost.SendAsync(browser, HttpMethod.Get, "me", null);
        return (next.PathAndQuery, me.IsSuccess ? me.Json : null);
    }

    private HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Http.BaseAddress };
}
