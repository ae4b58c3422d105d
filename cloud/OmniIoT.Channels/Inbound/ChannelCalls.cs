using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using OmniIoT.Domain;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Metrics;
using OmniIoT.Web;

namespace OmniIoT.Channels.Inbound;

/// <summary>
/// What providers call, <c>/api/v1/channels/{id}/{part}</c>: no bearer, only the provider's own proof. Answered once what it says is
/// durable, so that a provider that hears nothing tells it again.
/// </summary>
public sealed class ChannelCalls(
    ChannelDirectory directory,
    IEnumerable<IWebhookReader> readers,
    InboundTaker taker,
    ICalls voice,
    ChannelOptions options,
    OmniMetrics metrics,
    TimeProvider time
) : IDisposable
{
    private const int BytesOfPermit = 64 * 1024;

    // 128 MiB of bodies in memory at once.
    private const int Permits = 2048;

    // One call of the largest size, and none keeps the others out.
    private const int PermitsOfChannel = Permits / 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Providers send a call in one go.
    private static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, IWebhookReader> _readers = readers.ToDictionary(reader => reader.Type, StringComparer.Ordinal);

    private readonly ConcurrencyLimiter _room = new(RoomOf(Permits));

    private readonly PartitionedRateLimiter<string> _rooms = PartitionedRateLimiter.Create<string, string>(
        static channel => RateLimitPartition.GetConcurrencyLimiter(channel, static _ => RoomOf(PermitsOfChannel)),
        StringComparer.Ordinal
    );

    public async Task AnswerAsync(HttpContext context, string id, string part)
    {
        if (directory.FindEnabled(id) is not { } channel || ReaderOf(channel, part) is not { } reader)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, $"There is no channel '{id}' that is called so.");
            return;
        }
        WebhookCall call = HeadOf(context.Request, part);
        if (!reader.MayBeRead(channel, call))
        {
            await AnswerAsync(context, channel, call, new WebhookReading.Refused());
            return;
        }
        long size = Math.Min(context.Request.ContentLength ?? reader.MaximumBytes, reader.MaximumBytes);
        int permits = (int)(size / BytesOfPermit) + 1;
        using RateLimitLease own = await _rooms.AcquireAsync(channel.Id, permits, context.RequestAborted);
        using RateLimitLease? place = own.IsAcquired ? await _room.AcquireAsync(permits, context.RequestAborted) : null;
        if (place is not { IsAcquired: true })
        {
            await PutOffAsync(context);
        }
        else if (await ReadBodyAsync(context, reader.MaximumBytes) is { } body)
        {
            await AnswerAsync(context, channel, call, reader.Read(channel, call with { Body = body }));
        }
        else
        {
            string late = $"The body did not come within {BodyPatience.TotalSeconds} s.";
            await FailAsync(context, StatusCodes.Status408RequestTimeout, late);
        }
    }

    public void Dispose()
    {
        _room.Dispose();
        _rooms.Dispose();
    }

    /// <summary>As many again wait their turn.</summary>
    private static ConcurrencyLimiterOptions RoomOf(int permits) =>
        new()
        {
            PermitLimit = permits,
            QueueLimit = permits,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };

    private IWebhookReader? ReaderOf(Channel channel, string part) =>
        _readers.TryGetValue(channel.Type, out IWebhookReader? reader) && reader.Parts.Contains(part) ? reader : null;

    private async Task AnswerAsync(HttpContext context, Channel channel, WebhookCall call, WebhookReading reading)
    {
        switch (reading)
        {
            case WebhookReading.Refused:
                metrics.WebhooksRefused.Add(1, new KeyValuePair<string, object?>("channel", channel.Id));
                await FailAsync(context, StatusCodes.Status403Forbidden, "The proof is missing or wrong.");
                break;
            case WebhookReading.Malformed malformed:
                await FailAsync(context, new WebhookMistake(malformed.Pointer, malformed.Why));
                break;
            case WebhookReading.Bought bought:
                if (await taker.TakeAsync(bought.Purchase, context.RequestAborted) is { } mistake)
                    await FailAsync(context, new WebhookMistake(mistake.Pointer, mistake.Message));
                break;
            case WebhookReading.Taken taken:
                await TakeAsync(context, channel, taken);
                break;
            case WebhookReading.Asked asked:
                CallAnswer answer = await voice.AnswerAsync(asked.Call, call.Host, context.RequestAborted);
                await TellAsync(context.Response, asked.Say(answer));
                break;
        }
    }

    private async Task TakeAsync(HttpContext context, Channel channel, WebhookReading.Taken taken)
    {
        try
        {
            await taker.TakeAsync(channel, taken, context.RequestAborted);
        }
        catch (NoRoomException)
        {
            await PutOffAsync(context);
            return;
        }
        await TellAsync(context.Response, taken.Answer);
    }

    private static Task PutOffAsync(HttpContext context)
    {
        RetryAfter.Tell(context.Response, Pause);
        return FailAsync(context, StatusCodes.Status503ServiceUnavailable, "Too much comes in at once; try again.");
    }

    private WebhookCall HeadOf(HttpRequest request, string part)
    {
        string host = options.PublicUrl ?? $"{request.Scheme}://{request.Host}";
        return new WebhookCall(
            request.Method,
            part,
            $"{host}{request.PathBase}{request.Path.ToUriComponent()}{request.QueryString}",
            request.Query,
            request.Headers,
            ReadOnlyMemory<byte>.Empty
        );
    }

    /// <returns>Null when it did not come in time.</returns>
    private async ValueTask<byte[]?> ReadBodyAsync(HttpContext context, int maximumBytes)
    {
        // What is longer ends with 413.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = maximumBytes;
        using CancellationTokenSource late = new(BodyPatience, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        using MemoryStream body = new((int)Math.Min(context.Request.ContentLength ?? 0, maximumBytes));
        try
        {
            await context.Request.Body.CopyToAsync(body, end.Token);
            return body.ToArray();
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private static Task TellAsync(HttpResponse response, WebhookAnswer? answer)
    {
        if (answer is null)
            return Task.CompletedTask;
        response.ContentType = answer.ContentType;
        return response.WriteAsync(answer.Text);
    }

    private static Task FailAsync(HttpContext context, WebhookMistake mistake) =>
        FailAsync(context, StatusCodes.Status422UnprocessableEntity, $"{mistake.Pointer} {mistake.Message}".Trim(), mistake);

    private static Task FailAsync(HttpContext context, int status, string detail, params WebhookMistake[] errors)
    {
        context.Response.StatusCode = status;
        WebhookProblem problem = new(
            "about:blank",
            ReasonPhrases.GetReasonPhrase(status),
            status,
            detail,
            errors.Length == 0 ? null : errors
        );
        return context.Response.WriteAsJsonAsync(problem, OmniJson.Options, "application/problem+json");
    }
}

/// <summary>Problem details (RFC 9457) of a call that was not taken.</summary>
internal sealed record WebhookProblem(string Type, string Title, int Status, string Detail, IReadOnlyList<WebhookMistake>? Errors);

/// <param name="Pointer">A JSON pointer, or the name of a field after a slash.</param>
internal sealed record WebhookMistake(string Pointer, string Message);
