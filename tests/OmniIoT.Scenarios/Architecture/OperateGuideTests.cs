using System.Text.RegularExpressions;
using OmniIoT.TestKit;

namespace OmniIoT.Scenarios.Architecture;

/// <summary>Whoever reads a log or a dashboard at night finds in docs/operate.md what it means.</summary>
public sealed partial class OperateGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operate.md"));

    /// <summary>With the level that it is logged at; and what is explained is logged.</summary>
    [Fact]
    public void Every_log_id_is_explained() =>
        Assert.Equal(
            Sources().SelectMany(text => LogId().Matches(text)).Select(IdAndLevel).Order(StringComparer.Ordinal),
            ExplainedLogId().Matches(Guide).Select(IdAndLevel).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_metric_is_explained() => AssertExplained(Sources(), MetricName(), ExplainedMetric());

    /// <summary>With its type and its labels, as they are served.</summary>
    [Fact]
    public void Whatever_is_explained_is_served_as_it_is_explained()
    {
        string[] served = File.ReadAllLines(Path.Combine(Repository.Root, "cloud", "OmniIoT.Api", "metrics.txt"));
        // Served in a cluster only, which the snapshot is not of.
        string[] elsewhere = ["omniiot_clock_ahead_seconds"];

        Assert.All(
            ExplainedMetricWithType().Matches(Guide).Where(match => !elsewhere.Contains(match.Groups["name"].Value)),
            match =>
            {
                string name = match.Groups["name"].Value;
                Assert.Contains($"# TYPE {name} {match.Groups["type"].Value}", served);
                foreach (string label in match.Groups["labels"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries))
                    Assert.Contains(
                        served,
                        line =>
                            line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label + "=", StringComparison.Ordinal)
                    );
            }
        );
    }

    [Theory]
    [InlineData("grafana/dashboards/omniiot.json")]
    [InlineData("prometheus/alerts.yml")]
    public void Every_metric_that_is_watched_is_explained(string file) =>
        AssertExplained([File.ReadAllText(Path.Combine(Repository.Root, "deploy", file))], WatchedMetric(), ExplainedMetric());

    private static void AssertExplained(IEnumerable<string> texts, Regex inTexts, Regex inGuide)
    {
        SortedSet<string> used = new(texts.SelectMany(text => NamesIn(text, inTexts)), StringComparer.Ordinal);

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(NamesIn(Guide, inGuide)));
    }

    private static IEnumerable<string> Sources() =>
        from folder in new[] { "devices", "cloud", "edge", "simulators" }
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select File.ReadAllText(path);

    private static string IdAndLevel(Match match) => $"{match.Groups[1].Value} {match.Groups[2].Value.ToLowerInvariant()}";

    private static IEnumerable<string> NamesIn(string text, Regex name) => name.Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId = )?(\d+),\s*(?:Level = )?LogLevel\.(\w+)")]
    private static partial Regex LogId();

    [GeneratedRegex(@"^\| (\d+) \| (error|warning|information|debug) \|", RegexOptions.Multiline)]
    private static partial Regex ExplainedLogId();

    [GeneratedRegex(@"""((?:omniiot|process|dotnet)_[a-z_]+)""")]
    private static partial Regex MetricName();

    /// <summary>Of a histogram, its name without what Prometheus adds to it.</summary>
    [GeneratedRegex(@"\b((?:omniiot|process|dotnet)_[a-z_]+?)(?:_bucket|_sum|_count)?\b")]
    private static partial Regex WatchedMetric();

    [GeneratedRegex(@"^\| `([a-z_]+)(?:\{[a-z_]+\})?` \|", RegexOptions.Multiline)]
    private static partial Regex ExplainedMetric();

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)(?:\{(?<labels>[a-z_,]+)\})?` \| (?<type>counter|gauge|histogram) \|", RegexOptions.Multiline)]
    private static partial Regex ExplainedMetricWithType();
}
