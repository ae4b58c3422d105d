namespace OmniIoT.Api.Tests;

/// <summary>What every answer tells a browser.</summary>
public sealed class SecurityHeaderTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/cases")]
    [InlineData("/chat")]
    [InlineData("/chat/chat.js")]
    [InlineData("/healthz")]
    [InlineData("/metrics")]
    [InlineData("/api/v1/customers")]
    [InlineData("/api/v1/customers/nobody")]
    [InlineData("/chat/api/messages")]
    public async Task Every_answer_is_taken_for_what_it_is_and_runs_nothing_foreign(string path)
    {
        using HttpResponseMessage answer = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);

        string[] policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; ");
        Assert.Contains(policy, directive => directive is "object-src 'none'" or "default-src 'none'");
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.Contains(policy, directive => directive.StartsWith("frame-ancestors ", StringComparison.Ordinal));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/chat/chat.js", "text/javascript")]
    [InlineData("/metrics", "text/plain")]
    [InlineData("/api/v1/customers", "application/json")]
    [InlineData("/mqtt", "text/plain")]
    public async Task Every_answer_says_what_it_is_and_how_it_is_written(string path, string type)
    {
        using HttpResponseMessage answer = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("utf-8", answer.Content.Headers.ContentType?.CharSet);
    }

    /// <summary>On the disk of a desk that several people share, nothing of a customer stays behind.</summary>
    [Theory]
    [InlineData("/api/v1/customers")]
    [InlineData("/api/v1/customers/nobody")]
    [InlineData("/chat/api/messages")]
    [InlineData("/metrics")]
    public async Task What_is_asked_for_is_kept_by_no_browser(string path)
    {
        using HttpResponseMessage answer = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.True(answer.Headers.CacheControl?.NoStore, path);
    }

    [Theory]
    [InlineData("TRACE", "/api/v1/customers")]
    [InlineData("TRACE", "/cases")]
    public async Task Nothing_is_echoed(string method, string path)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Add("X-Secret", "told");

        using HttpResponseMessage answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain(
            "told",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }
}
