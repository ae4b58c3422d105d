using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Influx.Points;
using OmniIoT.Telemetry.Influx.Writing;
using OmniIoT.TestKit.Telemetry;

namespace OmniIoT.Telemetry.Influx.Tests;

/// <summary>Another server that takes InfluxDB 2's writes at their own address: the client's requests reach it as they are.</summary>
public sealed class VictoriaMetricsTests
{
    private static readonly Instant Start = new(1_796_082_600_000 - 86_400_000L * 90);

    [Fact]
    public async Task Lines_as_the_client_sends_them_are_read_back_by_another_server()
    {
        await using VictoriaMetricsServer server = await VictoriaMetricsServer.StartAsync();
        using HttpClient http = new();
        using LineSender sender = new(
            new InfluxTelemetryOptions
            {
                Url = server.Url,
                Bucket = "omniiot",
                Token = "secret",
            },
            http,
            TimeProvider.System
        );
        LineBatch lines = new(sender);
        // More than one request, under a name that needs escaping.
        const int count = LineBatch.MaximumLines + 1;
        string series = LineProtocol.Series("d1", "Motor 1, speed=max \\ %");

        for (int i = 0; i < count; i++)
            await lines.AddAsync(
                series,
                new Reading(Start + TimeSpan.FromSeconds(i), null, MetricValue.FromNumber(i / 10.0)),
                TestContext.Current.CancellationToken
            );
        await lines.FlushAsync(TestContext.Current.CancellationToken);

        ExportedSeries[] exported = [.. await server.ExportAsync("telemetry_number")];
        Assert.All(exported, part => Assert.Equal(("d1", "Motor 1, speed=max %5C %25"), (part.Metric["device"], part.Metric["metric"])));
        (long At, double Value)[] read = [.. exported.SelectMany(part => part.Timestamps.Zip(part.Values)).Order()];
        Assert.Equal(Enumerable.Range(0, count).Select(i => ((Start + TimeSpan.FromSeconds(i)).UnixMilliseconds, i / 10.0)), read);
    }
}
