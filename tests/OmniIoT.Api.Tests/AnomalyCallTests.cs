using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

/// <summary>Stored readings scored anew.</summary>
public sealed class AnomalyCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const int Count = 700;
    private const int Spike = 650;
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_leap_is_found_told_in_words_and_stands_outside_of_what_was_expected()
    {
        await SendAsync("d-leap");

        Answer answer = await host.GetAsync("devices/d-leap/telemetry/anomaly?metric=temperature&limit=10000");

        JsonNode[] items = [.. answer.Items.Select(item => item!)];
        Assert.Equal(Count, items.Length);
        Assert.All(items[..60], item => Assert.Null(item["score"]));
        JsonNode leap = items[Spike];
        Assert.Equal(At(Spike), (string?)leap["at"]);
        Assert.InRange((double)leap["score"]!, 0.999, 1);
        Assert.InRange((double)leap["high"]!, 20, 40);
        Assert.InRange((double)leap["low"]!, 0, 20);
        Assert.False(string.IsNullOrEmpty((string?)leap["why"]));
        Assert.Contains((string?)leap["reason"], new[] { "step", "higher" });
        Assert.InRange((double)leap["amount"]!, 978, 981);
        Assert.InRange(items[60..Spike].Count(item => (double)item["score"]! > 0.99), 0, 6);
        JsonNode usual = items[60..Spike].First(item => (double)item["score"]! < 0.9);
        Assert.Null(usual["why"]);
        Assert.Null(usual["reason"]);
        Assert.Null(usual["amount"]);
    }

    [Fact]
    public async Task Pages_and_parts_of_the_range_have_the_scores_of_the_whole()
    {
        await SendAsync("d-pages");
        const string call = "devices/d-pages/telemetry/anomaly?metric=temperature";
        string[] whole = [.. (await host.GetAsync($"{call}&limit=10000")).Items.Select(item => item!.ToJsonString())];

        List<string> pages = [];
        for (string? next = ""; next is not null; )
        {
            Answer page = await host.GetAsync($"{call}&limit=300&cursor={Uri.EscapeDataString(next)}");
            pages.AddRange(page.Items.Select(item => item!.ToJsonString()));
            next = (string?)page.Json!["next"];
        }
        Answer part = await host.GetAsync($"{call}&from={At(640)}&to={At(660)}");

        Assert.Equal(whole, pages);
        Assert.Equal(whole[640..661], part.Items.Select(item => item!.ToJsonString()));
    }

    [Fact]
    public async Task So_many_points_keep_the_most_unusual()
    {
        await SendAsync("d-points");

        Answer answer = await host.GetAsync("devices/d-points/telemetry/anomaly?metric=temperature&points=10");

        Assert.InRange(answer.Items.Count, 5, 10);
        Assert.Null(answer.Json!["next"]);
        Assert.Contains(At(Spike), answer.Items.Select(item => (string?)item!["at"]));
        string?[] times = [.. answer.Items.Select(item => (string?)item!["at"])];
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task A_rule_raised_its_alarm_at_the_reading_that_is_scored_so()
    {
        await host.PutAsync(
            "models/wary",
            """{"metrics":{"temperature":{"unit":"Cel"}},"rules":[{"type":"odd","severity":"minor","when":"anomaly(temperature) > 0.999"}]}"""
        );
        Answer device = await host.PutAsync("devices/d-rule", """{"model":"wary"}""");
        await host.PublishAsync("d-rule", (string)device.Json!["secret"]!, "devices/d-rule/telemetry", Payload());

        Answer scores = await host.GetAsync("devices/d-rule/telemetry/anomaly?metric=temperature&limit=10000");
        Answer alarms = await host.GetAsync("alarms?deviceId=d-rule");

        string? first = (string?)scores.Items.First(item => (double?)item!["score"] > 0.999)!["at"];
        Assert.Contains(first, alarms.Items.Select(alarm => (string?)alarm!["raisedAt"]));
    }

    [Theory]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    [InlineData("?metric=temperature&limit=10001", HttpStatusCode.UnprocessableEntity)]
    [InlineData("?metric=temperature&points=0", HttpStatusCode.UnprocessableEntity)]
    [InlineData("?metric=temperature&from=2026-01-02&to=2026-01-01", HttpStatusCode.UnprocessableEntity)]
    [InlineData("?metric=never", HttpStatusCode.OK)]
    public async Task What_is_asked_wrongly_is_refused(string query, HttpStatusCode status)
    {
        await host.SeedWasherAsync("d-asked", "c-asked");

        Assert.Equal(status, (await host.GetAsync($"devices/d-asked/telemetry/anomaly{query}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("devices/d-nobody/telemetry/anomaly?metric=temperature")).Status);
    }

    private async Task SendAsync(string id)
    {
        string secret = await host.SeedWasherAsync(id, "c-anomaly");
        await host.PublishAsync(id, secret, $"devices/{id}/telemetry", Payload());
    }

    /// <summary>One reading every ten seconds about 20, and one of fifty times that.</summary>
    private static string Payload()
    {
        Random random = new(7);
        return new JsonArray([
            .. Enumerable
                .Range(0, Count)
                .Select(n => new JsonObject
                {
                    ["ts"] = At(n),
                    ["seq"] = n + 1,
                    ["values"] = new JsonObject { ["temperature"] = n == Spike ? 1000 : Math.Round(20 + random.NextDouble(), 3) },
                }),
        ]).ToJsonString();
    }

    private static string At(int reading) =>
        Start.AddSeconds(10 * reading).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
