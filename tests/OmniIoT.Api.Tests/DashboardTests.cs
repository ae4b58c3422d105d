using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

public sealed class DashboardTests(DashboardHost dashboard) : IClassFixture<DashboardHost>
{
    private const string Password = "pässword: with a colon";

    private readonly RunningHost _host = dashboard.Host;

    [Theory]
    [InlineData("/orleans")]
    [InlineData("/orleans/")]
    [InlineData("/orleans/index.html")]
    [InlineData("/orleans/index.min.js")]
    [InlineData("/orleans/version")]
    [InlineData("/orleans/DashboardCounters")]
    [InlineData("/orleans/ClusterStats")]
    [InlineData("/orleans/Reminders")]
    [InlineData("/orleans/TopGrainMethods")]
    [InlineData("/orleans/SiloProperties/a")]
    [InlineData("/orleans/GrainStats/a")]
    [InlineData("/orleans/GrainState?grainId=a")]
    [InlineData("/orleans/GrainTypes")]
    [InlineData("/orleans/Trace")]
    public async Task Nobody_sees_it_without_signing_in(string path)
    {
        using HttpClient stranger = _host.ClientWith(null);
        using HttpResponseMessage response = await stranger.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Basic realm=\"OmniIoT\", charset=\"UTF-8\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("Bearer", RunningHost.ApiKey)]
    [InlineData("Basic", "no base64")]
    [InlineData("Basic", "a2V5")]
    public async Task What_no_browser_sends_is_no_sign_in(string scheme, string parameter)
    {
        using HttpClient client = _host.ClientWith(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, parameter);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client));
    }

    [Fact]
    public async Task An_administrator_gets_the_page_and_what_it_shows()
    {
        using HttpClient admin = await AgentAsync(_host, "seeing", "admin");

        Answer page = await RunningHost.SendAsync(admin, HttpMethod.Get, "/orleans/", null);
        Answer counters = await RunningHost.SendAsync(admin, HttpMethod.Get, "/orleans/DashboardCounters", null);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Orleans Dashboard", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, counters.Status);
        Assert.Equal("Active", (string?)Assert.Single(counters.Json!["hosts"]!.AsArray())!["status"]);
    }

    [Fact]
    public async Task The_API_key_opens_it_for_the_user_key()
    {
        using HttpClient key = Basic(_host, "key", RunningHost.ApiKey);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(key));
    }

    [Theory]
    [InlineData("technician")]
    [InlineData("agent")]
    public async Task Who_is_no_administrator_may_not_see_it(string role)
    {
        using HttpClient agent = await AgentAsync(_host, "curious-" + role, role);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(agent));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(agent));
        Answer refused = await _host.GetAsync($"audit?actor=agent:curious-{role}&action=access.refused");
        Assert.Equal("forbidden", (string?)Assert.Single(refused.Items)!["outcome"]);
    }

    [Fact]
    public async Task Rights_and_passwords_count_from_the_next_request_on()
    {
        using HttpClient admin = await AgentAsync(_host, "changing", "admin");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(admin));

        await _host.PutAsync("agents/changing", """{"role":"agent"}""");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(admin));

        await _host.PutAsync("agents/changing", """{"role":"admin","password":"another password"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(admin));
        using HttpClient renewed = Basic(_host, "changing", "another password");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(renewed));

        await _host.DeleteAsync("agents/changing");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(renewed));
    }

    [Theory]
    [InlineData("/orleans/SiloProperties/x")]
    [InlineData("/orleans/siloproperties/x")]
    [InlineData("/orleans/SiloProperties/127.0.0.1:1@1")]
    [InlineData("/orleans/SiloMetadata/x")]
    [InlineData("/orleans/SiloStats/x")]
    [InlineData("/orleans/SiloCounters/x")]
    [InlineData("/orleans/SiloCounters/x/y")]
    [InlineData("/orleans/HistoricalStats/x")]
    [InlineData("/orleans/GrainState?grainId=a")]
    [InlineData("/orleans/GrainState?grainId=a&grainType=x")]
    [InlineData("/orleans/nothing")]
    [InlineData("/orleans/img/x")]
    [InlineData("/orleans/fonts/x")]
    public async Task What_is_not_there_is_said_to_be_not_there(string path)
    {
        using HttpClient key = Basic(_host, "key", RunningHost.ApiKey);

        Answer answer = await RunningHost.SendAsync(key, HttpMethod.Get, path, null);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Theory]
    [InlineData("SiloProperties")]
    [InlineData("SiloMetadata")]
    [InlineData("SiloStats")]
    [InlineData("SiloCounters")]
    [InlineData("HistoricalStats")]
    public async Task What_is_asked_of_a_silo_that_is_there_is_answered(string question)
    {
        using HttpClient key = Basic(_host, "key", RunningHost.ApiKey);
        Answer counters = await Awaited.Seen(
            async () =>
            {
                Answer found = await RunningHost.SendAsync(key, HttpMethod.Get, "/orleans/DashboardCounters", null);
                return found.Json!["hosts"]!.AsArray().Count > 0 ? found : null;
            },
            "silos in the dashboard"
        );
        string silo = (string)counters.Json!["hosts"]![0]!["siloAddress"]!;

        Answer answer = await RunningHost.SendAsync(key, HttpMethod.Get, $"/orleans/{question}/{silo}", null);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("OmniIoT.Grains.Customers.CustomerGrain", HttpStatusCode.OK)]
    [InlineData("Orleans.Dashboard.Implementation.Grains.DashboardGrain", HttpStatusCode.OK)]
    public async Task A_grain_of_a_type_that_is_there_is_answered(string type, HttpStatusCode status)
    {
        using HttpClient key = Basic(_host, "key", RunningHost.ApiKey);

        Answer answer = await RunningHost.SendAsync(key, HttpMethod.Get, $"/orleans/GrainState?grainId=a&grainType={type}", null);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_grain_without_an_id_is_not_understood()
    {
        using HttpClient key = Basic(_host, "key", RunningHost.ApiKey);

        Answer answer = await RunningHost.SendAsync(key, HttpMethod.Get, "/orleans/GrainState?grainType=x", null);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/grainId"), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task Its_stream_of_the_log_is_off()
    {
        using HttpClient key = Basic(_host, "key", RunningHost.ApiKey);

        Assert.Equal(HttpStatusCode.Forbidden, (await RunningHost.SendAsync(key, HttpMethod.Get, "/orleans/Trace", null)).Status);
    }

    [Fact]
    public async Task The_cluster_names_its_path_and_the_description_of_the_API_is_the_same()
    {
        Assert.Equal("/orleans", (string?)(await _host.GetAsync("cluster")).Json!["dashboard"]);
        Assert.DoesNotContain("/orleans", (await _host.GetAsync("/openapi/v1.json")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_passwords_count_with_those_of_other_sign_ins_and_who_is_signed_in_stays()
    {
        await using DashboardHost own = new();
        await own.InitializeAsync();
        using HttpClient admin = await AgentAsync(own.Host, "staying", "admin");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(admin));

        for (int i = 0; i < 5; i++)
        {
            using HttpClient guesser = Basic(own.Host, "staying", $"guess {i}");
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(guesser));
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                (await own.Host.PostAsync("session", """{"user":"staying","password":"guess"}""")).Status
            );
        }

        using HttpClient late = Basic(own.Host, "staying", "guess 5");
        using HttpResponseMessage refused = await late.GetAsync(new Uri("/orleans/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await own.Host.PostAsync("session", $$"""{"user":"staying","password":"{{Password}}"}""")).Status
        );
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(admin));
    }

    private static async Task<HttpClient> AgentAsync(RunningHost host, string id, string role)
    {
        Assert.True((await host.PutAsync($"agents/{id}", $$"""{"role":"{{role}}","password":"{{Password}}"}""")).IsSuccess);
        return Basic(host, id, Password);
    }

    private static HttpClient Basic(RunningHost host, string user, string password)
    {
        HttpClient client = host.ClientWith(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))
        );
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http) =>
        (await RunningHost.SendAsync(http, HttpMethod.Get, "/orleans/", null)).Status;
}
