using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OmniIoT.TestKit.Providers;

/// <summary>Stands in for the HTTP API of a provider, on loopback: keeps what it was called with, and fails when it is told to.</summary>
public abstract class ProviderServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ProviderCall> _calls = new();
    private readonly ConcurrentQueue<ProviderFailure> _failures = new();
    private readonly ConcurrentDictionary<string, KeptFile> _files = new(StringComparer.Ordinal);
    private TaskCompletionSource<ProviderCall>? _held;
    private Func<ProviderCall, bool> _heldOnly = static _ => true;

    protected ProviderServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        _app.Start();
        Endpoint = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <summary>Its base address.</summary>
    public string Endpoint { get; }

    /// <summary>What its answers call themselves.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>Stands at the end of its answers.</summary>
    public string Padding { get; set; } = "";

    /// <summary>What it took, in order; what it refused is not in it.</summary>
    public IReadOnlyList<ProviderCall> Taken => [.. _calls];

    /// <summary>The next call fails so; each of these one call, in their order.</summary>
    /// <param name="which">Null: whichever comes.</param>
    public void FailNext(
        HttpStatusCode status,
        JsonObject? body = null,
        TimeSpan? retryAfter = null,
        Func<ProviderCall, bool>? which = null
    ) => _failures.Enqueue(new ProviderFailure(status, body ?? [], retryAfter, which ?? (static _ => true)));

    /// <summary>Failures that no call has had yet.</summary>
    public int FailuresLeft => _failures.Count;

    /// <summary>Has a file from now on.</summary>
    /// <param name="path">Of its address.</param>
    /// <param name="isOpen">Whether it is given to whoever asks.</param>
    public void Keep(string path, byte[] content, bool isOpen = false) => _files[path] = new KeptFile(content, isOpen, null);

    /// <summary>Sends whoever asks for a file elsewhere from now on.</summary>
    public void SendOn(string path, string address) => _files[path] = new KeptFile([], IsOpen: false, address);

    /// <summary>The next call is taken and never answered; the task ends once it was taken.</summary>
    /// <param name="which">Null: whichever comes.</param>
    public Task<ProviderCall> HoldNext(Func<ProviderCall, bool>? which = null)
    {
        TaskCompletionSource<ProviderCall> held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _heldOnly = which ?? (static _ => true);
        _held = held;
        return held.Task;
    }

    /// <summary>The provider's answer to a call; null when it refuses the credentials.</summary>
    protected abstract JsonNode? Answer(ProviderCall call);

    /// <summary>The status that an answer comes with.</summary>
    protected virtual HttpStatusCode StatusOf(JsonNode answer) => HttpStatusCode.OK;

    /// <summary>The provider's answer to wrong credentials.</summary>
    protected abstract JsonObject Unauthorized { get; }

    /// <summary>Where every call is led on to; null: nowhere.</summary>
    protected virtual string? Location => null;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        ProviderCall call = new(
            context.Request.Method,
            context.Request.Path.Value!,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()
        )
        {
            Query = context.Request.QueryString.Value ?? "",
        };
        if (_failures.TryPeek(out ProviderFailure? failure) && failure.Which(call) && _failures.TryDequeue(out failure))
        {
            if (failure.RetryAfter is { } wait)
                context.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await TellAsync(context, failure.Status, failure.Body);
            return;
        }
        if (_files.GetValueOrDefault(call.Path) is { } file && (file.IsOpen || Answer(call) is not null))
        {
            await GiveAsync(context, file);
            return;
        }
        JsonNode? answer = Answer(call);
        if (answer is not null)
            _calls.Enqueue(call);
        if (answer is not null && _heldOnly(call) && Interlocked.Exchange(ref _held, null) is { } held)
        {
            held.SetResult(call);
            // Until the caller is gone.
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        if (Location is { } elsewhere)
        {
            context.Response.Redirect(elsewhere);
            return;
        }
        await TellAsync(context, answer is null ? HttpStatusCode.Unauthorized : StatusOf(answer), answer ?? Unauthorized);
    }

    private static Task GiveAsync(HttpContext context, KeptFile file)
    {
        if (file.Address is not null)
        {
            context.Response.Redirect(file.Address, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        }
        context.Response.ContentType = "application/octet-stream";
        return context.Response.Body.WriteAsync(file.Content, context.RequestAborted).AsTask();
    }

    private Task TellAsync(HttpContext context, HttpStatusCode status, JsonNode body)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = ContentType;
        return context.Response.WriteAsync(body.ToJsonString() + Padding, context.RequestAborted);
    }

    private sealed record KeptFile(byte[] Content, bool IsOpen, string? Address);

    private sealed record ProviderFailure(HttpStatusCode Status, JsonObject Body, TimeSpan? RetryAfter, Func<ProviderCall, bool> Which);
}

/// <summary>What a provider was called with.</summary>
public sealed record ProviderCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    /// <summary>With its question mark; empty: there is none.</summary>
    public string Query { get; init; } = "";

    public string Body { get; } = Encoding.UTF8.GetString(Bytes);

    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;

    /// <summary>Whether it is a form with files.</summary>
    public bool IsForm => Headers.GetValueOrDefault("Content-Type", "").StartsWith("multipart/form-data", StringComparison.Ordinal);
}
