using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>What a network or a busy server does to one write.</summary>
public enum WriteFailure
{
    /// <summary>The server answers 503 and has nothing.</summary>
    IsRefused,

    /// <summary>The connection ends before the server has the request.</summary>
    RequestIsLost,

    /// <summary>The server has it, and the connection ends before it can say so.</summary>
    AnswerIsLost,
}

/// <summary>
/// Stands before an InfluxDB 1.x and gives it the write address of InfluxDB 2: <c>/api/v2/write?org=&amp;bucket=</c> is
/// <c>/write?db=</c>, with <c>&amp;rp=</c> for what follows a slash. Writes can be made to fail.
/// </summary>
public sealed class InfluxGate : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly HttpClient _http = new();
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<WriteFailure> _failures = new();
    private int _writes;

    private InfluxGate(Uri server)
    {
        _server = server;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        _application = builder.Build();
        _application.MapPost("/api/v2/write", WriteAsync);
        _application.MapPost("/query", context => ForwardAsync(context, "query"));
    }

    public Uri Url => new(_application.Urls.Single());

    /// <summary>Writes that came so far, failed ones too.</summary>
    public int Writes => _writes;

    public static async Task<InfluxGate> StartAsync(Uri server)
    {
        InfluxGate gate = new(server);
        await gate._application.StartAsync();
        return gate;
    }

    /// <summary>Makes the writes that come next fail, one by one.</summary>
    public void FailNext(params IEnumerable<WriteFailure> failures)
    {
        foreach (WriteFailure failure in failures)
            _failures.Enqueue(failure);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _http.Dispose();
    }

    private async Task WriteAsync(HttpContext context)
    {
        Interlocked.Increment(ref _writes);
        string[] bucket = context.Request.Query["bucket"].ToString().Split('/', 2);
        string query =
            $"write?db={Uri.EscapeDataString(bucket[0])}&rp={Uri.EscapeDataString(bucket.ElementAtOrDefault(1) ?? "")}&precision={context.Request.Query["precision"]}";
        if (!_failures.TryDequeue(out WriteFailure failure))
        {
            await ForwardAsync(context, query);
            return;
        }
        if (failure is WriteFailure.IsRefused)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        if (failure is WriteFailure.AnswerIsLost)
            (await SendAsync(context, query)).Dispose();
        else
            await context.Request.Body.CopyToAsync(Stream.Null);
        context.Abort();
    }

    private async Task ForwardAsync(HttpContext context, string address)
    {
        using HttpResponseMessage response = await SendAsync(context, address);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (response.StatusCode is not HttpStatusCode.NoContent)
            await response.Content.CopyToAsync(context.Response.Body);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext context, string address)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(_server, address))
        {
            Content = new StreamContent(context.Request.Body),
        };
        foreach (string name in new[] { "Content-Type", "Content-Encoding" })
            request.Content.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].AsEnumerable());
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
