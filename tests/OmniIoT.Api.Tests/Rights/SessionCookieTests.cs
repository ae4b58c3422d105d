using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Security;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>A browser keeps its session where no script and no foreign page gets at it.</summary>
public sealed class SessionCookieTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Password = "correct horse battery";
    private const string ProofHeader = "X-OmniIoT-CSRF";

    [Fact]
    public async Task The_token_comes_as_a_cookie_that_no_script_reads()
    {
        (string cookie, JsonNode session) = await SignInAsync(host.ClientWith(null));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Null(session["token"]);
        Assert.NotNull(session["csrf"]);
        Assert.DoesNotContain((string)session["csrf"]!, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_tls_the_cookie_never_leaves_it()
    {
        using TemporaryDirectory directory = new();
        using TestAuthority authority = new();
        (string certificate, string key) = TestAuthority.Write(authority.Issue("localhost"), directory.Path, "server");
        RunningHost own = new(settings => settings with { HttpTlsPort = 0, HttpCertificate = certificate, HttpCertificateKey = key });
        await using (own)
        {
            await own.InitializeAsync();
            await own.PutAsync("agents/browsing", $$"""{"role":"agent","password":"{{Password}}"}""");
            SocketsHttpHandler handler = new() { UseCookies = false };
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=localhost";
            using HttpClient client = new(handler) { BaseAddress = new Uri($"https://127.0.0.1:{own.HttpsPort}") };

            (string cookie, _) = await SignInAsync(client);

            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("guessed")]
    public async Task What_changes_something_needs_the_proof_as_well(string? proof)
    {
        (string cookie, JsonNode session) = await SignInAsync(host.ClientWith(null));

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "cases", cookie, null)).Status);
        foreach (HttpMethod method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
        {
            Answer refused = await SendAsync(method, PathOf(method), cookie, proof);
            Assert.Equal((HttpStatusCode.Forbidden, "NoProof"), (refused.Status, (string?)refused.Json!["code"]));
            Answer taken = await SendAsync(method, PathOf(method), cookie, (string)session["csrf"]!);
            Assert.False(taken.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, taken.Text);
        }
    }

    [Fact]
    public async Task The_proof_of_another_session_is_none()
    {
        (string cookie, JsonNode _) = await SignInAsync(host.ClientWith(null));
        (string _, JsonNode other) = await SignInAsync(host.ClientWith(null));

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "names", cookie, (string)other["csrf"]!)).Status);
    }

    [Fact]
    public async Task The_console_learns_its_proof_again_and_the_stream_comes_by_cookie()
    {
        (string cookie, JsonNode session) = await SignInAsync(host.ClientWith(null));

        Answer me = await SendAsync(HttpMethod.Get, "me", cookie, null);
        HttpClient browser = host.ClientWith(null);
        browser.DefaultRequestHeaders.Add("Cookie", PairOf(cookie));
        using EventReader stream = await Awaited.Within(EventReader.OpenAsync(browser, "/api/v1/stream?kinds=never", null), "stream");
        Answer signedOut = await SendAsync(HttpMethod.Delete, "session", cookie, (string)session["csrf"]!);

        Assert.Equal((string?)session["csrf"], (string?)me.Json!["csrf"]);
        Assert.Equal(HttpStatusCode.NoContent, signedOut.Status);
        Assert.Empty(await stream.NamesUntilEndAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "me", cookie, null)).Status);
    }

    [Fact]
    public async Task A_key_is_no_cookie()
    {
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await SendAsync(HttpMethod.Get, "cases", "omniiot-session=" + RunningHost.ApiKey, null)).Status
        );
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_foreign_page_signs_nobody_in(string site)
    {
        using HttpClient browser = host.ClientWith(null);
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);

        Answer answer = await RunningHost.SendAsync(
            browser,
            HttpMethod.Post,
            "session",
            $$"""{"user":"browsing","password":"{{Password}}","cookie":true}"""
        );

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    [Theory]
    [InlineData("http://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("https://{host}", HttpStatusCode.OK)]
    [InlineData("http://{host}", HttpStatusCode.OK)]
    public async Task A_browser_that_tells_no_site_is_known_by_its_page_s_origin(string origin, HttpStatusCode expected)
    {
        using HttpClient browser = host.ClientWith(null);
        await SignInAsync(browser);
        browser.DefaultRequestHeaders.Add("Origin", origin.Replace("{host}", browser.BaseAddress!.Authority, StringComparison.Ordinal));

        Answer answer = await RunningHost.SendAsync(
            browser,
            HttpMethod.Post,
            "session",
            $$"""{"user":"browsing","password":"{{Password}}","cookie":true}"""
        );

        Assert.Equal(expected, answer.Status);
    }

    private static string PathOf(HttpMethod method) =>
        method == HttpMethod.Post ? "names"
        : method == HttpMethod.Put ? "customers/cookie"
        : method == HttpMethod.Patch ? "cases/none"
        : "me/sessions/none";

    private static string PairOf(string cookie) => cookie.Split(';')[0];

    private async Task<(string Cookie, JsonNode Session)> SignInAsync(HttpClient stranger)
    {
        await host.PutAsync("agents/browsing", $$"""{"role":"agent"{{(await IsThereAsync() ? "" : $",\"password\":\"{Password}\"")}}}""");
        using StringContent body = new(
            $$"""{"user":"browsing","password":"{{Password}}","cookie":true}""",
            Encoding.UTF8,
            "application/json"
        );
        using HttpResponseMessage response = await stranger.PostAsync(new Uri("/api/v1/session", UriKind.Relative), body);
        return (Assert.Single(response.Headers.GetValues("Set-Cookie")), JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private async Task<bool> IsThereAsync() => (await host.GetAsync("agents")).Items.Any(agent => (string?)agent!["id"] == "browsing");

    private async Task<Answer> SendAsync(HttpMethod method, string path, string cookie, string? proof)
    {
        using HttpClient browser = host.ClientWith(null);
        browser.DefaultRequestHeaders.Add("Cookie", PairOf(cookie));
        if (proof is not null)
            browser.DefaultRequestHeaders.Add(ProofHeader, proof);
        return await RunningHost.SendAsync(browser, method, path, method == HttpMethod.Delete || method == HttpMethod.Get ? null : "{}");
    }
}
