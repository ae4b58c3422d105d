using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using OmniIoT.Commit.Live;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Channels.WebChat;

/// <summary>What the chat's page calls.</summary>
internal static class ChatEndpoints
{
    private const string Scheme = "Bearer ";
    private const int MaximumTextLength = 4000;

    public static void MapCalls(this RouteGroupBuilder chat)
    {
        chat.MapPost("/api/visitors", RegisterAsync);
        chat.MapGet("/api/messages", HistoryAsync);
        chat.MapPost("/api/messages", WriteAsync);
        chat.MapGet("/api/stream", StreamAsync);
    }

    private static async Task<IResult> RegisterAsync(
        HttpContext context,
        VisitorRegistration registration,
        VisitorTokens tokens,
        VisitorThrottle throttle,
        CancellationToken cancellationToken
    )
    {
        if (!await throttle.AdmitAsync(context.Connection.RemoteIpAddress))
            return Problem(429, "Too many visitors come from this address; wait a minute.");
        VisitorBody? body = await ReadAsync<VisitorBody>(context.Request, cancellationToken);
        if (body is null)
            return Problem(422, "A JSON object with a name is needed.");
        if (VisitorRegistration.FindMistake(body) is { } mistake)
            return Problem(422, mistake);
        Customer? customer = await registration.RegisterAsync(body, cancellationToken);
        return customer is null
            ? Problem(401, "The token is not valid.")
            : TypedResults.Ok(new VisitorView(await tokens.CreateAsync(customer.Id, cancellationToken), customer.Name));
    }

    private static async Task<IResult> HistoryAsync(
        HttpContext context,
        VisitorTokens tokens,
        ChatHistoryReader history,
        CancellationToken cancellationToken
    ) =>
        await FindVisitorAsync(context, tokens, cancellationToken) is { } visitor
            ? TypedResults.Ok(await history.ReadAsync(visitor.CustomerId, cancellationToken))
            : Unknown();

    private static async Task<IResult> WriteAsync(
        HttpContext context,
        VisitorTokens tokens,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        if (await FindVisitorAsync(context, tokens, cancellationToken) is not { } visitor)
            return Unknown();
        ChatBody? body = await ReadAsync<ChatBody>(context.Request, cancellationToken);
        if (string.IsNullOrWhiteSpace(body?.Text) || body.Text.Length > MaximumTextLength)
            return Problem(422, $"A text of 1 to {MaximumTextLength} characters is needed.");
        ReceiveMessage request = new(WebChatChannel.Name, EntityId.Customer(visitor.CustomerId).ToString(), body.Text.Trim(), null);
        Reply<MessageStored> reply = await grains.Customer(visitor.CustomerId).ReceiveMessageAsync(request);
        return reply.Result is { } stored ? TypedResults.Ok(ChatMessage.Of(stored.Message)) : Unknown();
    }

    private static async Task StreamAsync(
        HttpContext context,
        VisitorTokens tokens,
        ChangeFeed feed,
        ICatalog catalog,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        string? lastEventId
    )
    {
        if (await FindVisitorAsync(context, tokens, context.RequestAborted) is not { } visitor)
        {
            await Unknown().ExecuteAsync(context);
            return;
        }
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        using ChangeSubscription changes = await feed.OpenAsync(PositionOf(context.Request, lastEventId), ended.Token);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await new ChatStream(visitor.CustomerId, catalog, changes, new EventStreamWriter(context.Response.Body), time).RunAsync(
                ended.Token
            );
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The visitor left, or the process stops.
        }
    }

    private static long? PositionOf(HttpRequest request, string? lastEventId)
    {
        string header = request.Headers["Last-Event-ID"].ToString();
        return long.TryParse(header.Length > 0 ? header : lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out long position)
            ? position
            : null;
    }

    private static async ValueTask<Visitor?> FindVisitorAsync(
        HttpContext context,
        VisitorTokens tokens,
        CancellationToken cancellationToken
    )
    {
        string header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await tokens.FindAsync(header[Scheme.Length..].Trim(), cancellationToken)
            : null;
    }

    private static async ValueTask<T?> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, OmniJson.Options, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonHttpResult<ChatProblem> Unknown() => Problem(401, "The visitor is not known; introduce yourself first.");

    private static JsonHttpResult<ChatProblem> Problem(int status, string detail) =>
        TypedResults.Json(new ChatProblem("The chat refused this.", status, detail), OmniJson.Options, "application/problem+json", status);
}
