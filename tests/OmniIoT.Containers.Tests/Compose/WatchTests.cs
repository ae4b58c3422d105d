using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Containers.Tests.Compose;

/// <summary>Prometheus and Grafana of <c>docker-compose.cluster.yml</c> find what they are to show.</summary>
[Collection(nameof(Compositions))]
public sealed partial class WatchTests(ClusterComposition cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prometheus_reads_all_three_processes()
    {
        using HttpClient prometheus = await PrometheusAsync();

        JsonNode targets = await prometheus.SeenAsync(
            "targets?state=active",
            answer => answer["data"]!["activeTargets"]!.AsArray().All(target => (string?)target!["health"] == "up"),
            "Prometheus whose targets are up"
        );

        Assert.Equal(3, targets["data"]!["activeTargets"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_alerts_can_be_evaluated_and_know_only_metrics_that_there_are()
    {
        using HttpClient prometheus = await PrometheusAsync();
        string[] metrics =
        [
            .. Metric()
                .Matches(await File.ReadAllTextAsync(InDeploy("prometheus/alerts.yml"), Cancel))
                .Select(match => match.Value)
                .Distinct(),
        ];

        await prometheus.SeenAsync(
            "rules",
            answer =>
                answer["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()) is var rules
                && rules.Any()
                && rules.All(rule => (string?)rule!["health"] == "ok"),
            "alerts that were evaluated"
        );
        JsonNode known = await prometheus.ReadAsync("label/__name__/values");

        Assert.NotEmpty(metrics);
        Assert.Subset(known["data"]!.AsArray().Select(name => (string)name!).ToHashSet(), metrics.ToHashSet());
    }

    [Fact]
    public async Task Every_query_of_the_board_finds_something()
    {
        using HttpClient prometheus = await PrometheusAsync();
        JsonNode board = JsonNode.Parse(await File.ReadAllTextAsync(InDeploy("grafana/dashboards/omniiot.json"), Cancel))!;
        string[] queries = [.. Queries(board).Select(query => query.Replace("$__rate_interval", "1m", StringComparison.Ordinal))];

        await (await Lamp.RegisterAsync(await cluster.WholeAsync(), "lamp-of-the-board")).ReportOnceAsync(21.5);

        Assert.NotEmpty(queries);
        foreach (string query in queries)
        {
            await prometheus.SeenAsync(
                "query?query=" + Uri.EscapeDataString(query),
                answer => answer["data"]!["result"]!.AsArray().Count > 0,
                $"answer to {query}"
            );
        }
    }

    [Fact]
    public async Task Grafana_shows_the_board()
    {
        Composition composition = await cluster.WholeAsync();
        await NeededImages.RequireGrafanaAsync(ClusterComposition.File);
        await composition.RunAsync("up", "--detach", "--no-build", "grafana");

        using HttpClient grafana = composition.Grafana();
        JsonNode board = await Awaited.Seen(
            () => FoundAsync(grafana, "dashboards/uid/omniiot"),
            "board in Grafana",
            TimeSpan.FromMinutes(2)
        );

        Assert.Equal("OmniIoT", (string?)board["dashboard"]!["title"]);
        Assert.Equal("prometheus", (string?)(await grafana.ReadAsync("datasources/uid/prometheus"))["type"]);
    }

    private async Task<HttpClient> PrometheusAsync() =>
        new() { BaseAddress = new Uri(await (await cluster.WholeAsync()).AddressAsync("prometheus", 9090), "api/v1/") };

    private static string InDeploy(string file) => Path.Combine(Repository.Root, "deploy", file);

    /// <summary>Of all panels, also of those that lie in a folded row.</summary>
    private static IEnumerable<string> Queries(JsonNode board) =>
        (board["panels"]?.AsArray() ?? []).SelectMany(panel =>
            (panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!).Concat(Queries(panel))
        );

    private static async Task<JsonNode?> FoundAsync(HttpClient grafana, string path)
    {
        try
        {
            return await grafana.ReadAsync(path);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\bomniiot_[a-z_]+")]
    private static partial Regex Metric();
}
