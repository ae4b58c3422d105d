using System.Text.RegularExpressions;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>Dashboards and alerts of others rest on names, types and labels.</summary>
public sealed partial class MetricsTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly string Snapshot = Path.Combine(Repository.Root, "cloud", "OmniIoT.Api", "metrics.txt");

    /// <summary>Set OMNIIOT_WRITE_SNAPSHOTS=1 to take what is served as the new snapshot.</summary>
    [Fact]
    public async Task Names_types_and_labels_are_those_that_were_agreed_on()
    {
        string[] served = [.. Shape(await ReadAsync()).Order(StringComparer.Ordinal)];
        if (Environment.GetEnvironmentVariable("OMNIIOT_WRITE_SNAPSHOTS") == "1")
            await File.WriteAllLinesAsync(Snapshot, served);

        Assert.Equal(await File.ReadAllLinesAsync(Snapshot), served);
    }

    [Fact]
    public async Task Each_metric_is_introduced_once()
    {
        string[] types = [.. (await ReadAsync()).Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))];

        Assert.Equal(types.Distinct(), types);
    }

    [Fact]
    public async Task The_text_is_the_same_for_those_who_would_take_another_format()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("\nomniiot_connections 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_host_in_the_process_counts_for_itself_and_takes_nothing_along_when_it_ends()
    {
        string[] before = [.. Shape(await ReadAsync())];
        await using (RunningHost other = new())
        {
            await other.InitializeAsync();
            string secret = await other.SeedWasherAsync("w1", "ann");
            await other.PublishAsync("w1", secret, "devices/w1/telemetry", """{"temperature":20}""");
        }

        string after = await ReadAsync();

        Assert.Equal(before, Shape(after));
        Assert.Contains("\nomniiot_messages_total{outcome=\"accepted\"} 0\n", after, StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync() => (await host.GetAsync("/metrics")).Text;

    /// <summary>Types, and series without their values.</summary>
    private static IEnumerable<string> Shape(string text) =>
        text.Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith("# HELP ", StringComparison.Ordinal))
            .Select(line => line.StartsWith('#') ? line : Value().Replace(line, ""))
            .Distinct();

    [GeneratedRegex(" [^ ]+$")]
    private static partial Regex Value();
}
