using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Influx.Tests;

/// <summary>What goes over the wire, as InfluxDB 2 and 3 want it.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private static readonly Instant Start = new(1_796_082_600_000);

    private readonly ConcurrentQueue<Seen> _seen = new();
    private readonly WebApplication _server;
    private string _answer = """{"results":[{"statement_id":0}]}""";

    public RequestTests()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapPost("/prefix/api/v2/write", TakeWriteAsync);
        _server.MapPost("/prefix/query", TakeQueryAsync);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync(Cancel);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Readings_go_gzipped_to_the_bucket_of_the_organization_and_the_position_follows()
    {
        using InfluxTelemetryStore store = Open(
            new InfluxTelemetryOptions
            {
                Url = Url,
                Token = "secret",
                Org = "our shop",
                Bucket = "tele/years",
            }
        );

        await store.ApplyAsync(
            7,
            Start,
            [new SeriesReadings("d1", "temperature", [new Reading(Start, 5, MetricValue.FromNumber(1.5))])],
            Cancel
        );

        Seen[] writes = [.. _seen.Where(request => request.Path.EndsWith("write", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "telemetry,device=d1,metric=temperature kind=1i,number=1.5,seq=5i 1796082600000000006\n",
                "telemetry_months,month=2026-11 written_at=1796082600000i 1795996800000000000\ntelemetry_applied,lane=main position=7i 1795996800000000000\n",
            ],
            writes.Select(write => write.Body)
        );
        Assert.All(writes, write => Assert.Equal(("Token secret", "gzip"), (write.Authorization, write.Encoding)));
        Assert.All(
            writes,
            write => Assert.Equal([("bucket", "tele/years"), ("org", "our shop"), ("precision", "ns")], write.Parameters.Order())
        );
    }

    [Fact]
    public async Task Questions_name_database_retention_policy_and_nanoseconds()
    {
        using InfluxTelemetryStore store = Open(
            new InfluxTelemetryOptions
            {
                Url = Url,
                Token = "secret",
                Bucket = "tele/years",
            }
        );

        await store.DeleteDeviceAsync("d1", Cancel);

        Seen question = Assert.Single(_seen);
        Assert.Equal(("Token secret", "application/json"), (question.Authorization, question.Accept));
        Assert.Equal(
            [("db", "tele"), ("epoch", "ns"), ("q", "DELETE FROM telemetry WHERE device = 'd1'"), ("rp", "years")],
            question.Parameters.Order()
        );
    }

    [Fact]
    public async Task Without_a_token_nobody_asks()
    {
        using InfluxTelemetryStore store = Open(new InfluxTelemetryOptions { Url = Url, Bucket = "tele" });

        await store.ApplyAsync(7, Start, [], Cancel);

        Assert.All(_seen, request => Assert.Equal("", request.Authorization));
    }

    [Theory]
    [InlineData("""{"results":[{"statement_id":0,"error":"not executed"}]}""", "not executed")]
    [InlineData("""{"results":[{"series":[{"name":"t","columns":["time","max"],"values":[[0,1]],"partial":true}]}]}""", "max-row-limit")]
    [InlineData("<html>", "'<'")]
    [InlineData("""{"results":[""", "JSON")]
    public async Task An_answer_that_is_none_is_storage_that_cannot_be_used(string answer, string reason)
    {
        _answer = answer;
        using InfluxTelemetryStore store = Open(new InfluxTelemetryOptions { Url = Url, Bucket = "tele" });

        StorageUnavailableException error = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await store.PositionAsync(Cancel)
        );

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private Uri Url => new(_server.Urls.Single() + "/prefix");

    private static InfluxTelemetryStore Open(InfluxTelemetryOptions options) =>
        new(options, TimeProvider.System, NullLogger<InfluxTelemetryStore>.Instance);

    private async Task TakeWriteAsync(HttpContext context)
    {
        using StreamReader body = new(new GZipStream(context.Request.Body, CompressionMode.Decompress));
        Take(context, context.Request.Query, await body.ReadToEndAsync());
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task TakeQueryAsync(HttpContext context)
    {
        Take(context, await context.Request.ReadFormAsync(), "");
        await context.Response.WriteAsync(_answer);
    }

    private void Take(HttpContext context, IEnumerable<KeyValuePair<string, StringValues>> parameters, string body) =>
        _seen.Enqueue(
            new Seen(
                context.Request.Path,
                [.. parameters.Select(parameter => (parameter.Key, parameter.Value.ToString()))],
                context.Request.Headers.Authorization.ToString(),
                context.Request.Headers.ContentEncoding.ToString(),
                context.Request.Headers.Accept.ToString(),
                body
            )
        );

    private sealed record Seen(
        string Path,
        (string Name, string Value)[] Parameters,
        string Authorization,
        string Encoding,
        string Accept,
        string Body
    );
}
