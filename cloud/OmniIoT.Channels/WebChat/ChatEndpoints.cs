using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Security;
using OmniIoT.Web;
using OmniIoT.Web.Json;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Channels.WebChat;

/// <summary>What the chat's page calls.</summary>
internal static class ChatEndpoints
{
    private const int MaximumTextLength = 4000;

    private static readonly TimeSpan WaitForPlace = TimeSpan.FromSeconds(10);

    public static void MapCalls(this RouteGroupBuilder chat)
    {
        chat.MapPost("/api/visitors", RegisterAsync);
        chat.MapGet("/api/messages", HistoryAsync);
        chat.MapPost("/api/messages", WriteAsync);
        chat.MapPost("/api/pages", PageAsync);
        chat.MapGet("/api/files/{id}", FileAsync);
        chat.MapGet("/api/stream", StreamAsync);
        chat.MapGet("/api/push", PushAsync);
        chat.MapPost("/api/push-subscriptions", SubscribeAsync);
        chat.MapDelete("/api/push-subscriptions", UnsubscribeAsync);
    }

    private static async Task<IResult> RegisterAsync(
        HttpContext context,
        VisitorRegistration registration,
        VisitorTokens tokens,
        VisitorQuotas quotas,
        RecordedVisitors recorded,
        ICalls calls,
        CancellationToken cancellationToken
    )
    {
        if (await quotas.TakeVisitorAsync(ClientAddress.Of(context)) is { } wait)
            return TooMany(context.Response, wait, "Too many visitors come from this address, or in all; wait a minute.");
        VisitorBody? body = await ReadAsync<VisitorBody>(context.Request, cancellationToken);
        if (body is null)
            return Problem(422, "A JSON object with a name is needed.");
        if (!string.IsNullOrEmpty(body.Link))
            return await FollowAsync(context, body.Link, calls, tokens, recorded, cancellationToken);
        if (VisitorRegistration.FindMistake(body) is { } mistake)
            return Problem(422, mistake);
        if (await registration.RegisterAsync(body, cancellationToken) is not { } customer)
        {
            await recorded.RefusedAsync(context, body.Token!, cancellationToken);
            return Problem(401, "The token is not valid.");
        }
        if (!string.IsNullOrEmpty(body.Token))
            await recorded.BegunAsync(context, AppToken.CustomerOf(body.Token)!);
        string token = string.IsNullOrEmpty(body.Token)
            ? await tokens.CreateAsync(customer.Id, cancellationToken)
            : await tokens.DeriveAsync(AppToken.CustomerOf(body.Token)!, cancellationToken);
        return TypedResults.Ok(new VisitorView(token, customer.Name));
    }

    /// <summary>Who follows a link of a call is the caller, and goes on where the call was.</summary>
    private static async Task<IResult> FollowAsync(
        HttpContext context,
        string link,
        ICalls calls,
        VisitorTokens tokens,
        RecordedVisitors recorded,
        CancellationToken cancellationToken
    )
    {
        if (await tokens.FollowAsync(link, cancellationToken) is not { } followed)
        {
            await recorded.RefusedAsync(context, "", cancellationToken);
            return Problem(401, "The link is not valid any more.");
        }
        await calls.ContinueInChatAsync(followed.CustomerId, cancellationToken);
        await recorded.BegunAsync(context, followed.CustomerId);
        return TypedResults.Ok(new VisitorView(followed.Token, followed.Name));
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
        VisitorQuotas quotas,
        IInbox inbox,
        CancellationToken cancellationToken
    )
    {
        if (await FindVisitorAsync(context, tokens, cancellationToken) is not { } visitor)
            return Unknown();
        ChatBody? body = await ReadAsync<ChatBody>(context.Request, cancellationToken);
        if (string.IsNullOrWhiteSpace(body?.Text) || body.Text.Length > MaximumTextLength)
            return Problem(422, $"A text of 1 to {MaximumTextLength} characters is needed.");
        if (await quotas.TakeMessageAsync(ClientAddress.Of(context), visitor) is { } wait)
            return TooMany(context.Response, wait, "Too many messages came from you, from your address, or in all; wait a minute.");
        ReceiveMessage request = new(WebChatChannel.Name, EntityId.Customer(visitor.CustomerId).ToString(), body.Text.Trim(), null);
        Reply<MessageStored> reply = await inbox.ReceiveAsync(visitor.CustomerId, request, cancellationToken);
        return reply.Result is { } stored ? TypedResults.Ok(ChatMessage.Of(stored.Message)) : Unknown();
    }

    /// <summary>
    /// A page that the visitor looks at, of which they said that it may be known, once in a visit; where they are within it is nobody's
    /// business.
    /// </summary>
    private static async Task<IResult> PageAsync(
        HttpContext context,
        VisitorTokens tokens,
        VisitorQuotas quotas,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        if (await FindVisitorAsync(context, tokens, cancellationToken) is not { } visitor)
            return Unknown();
        PageBody? body = await ReadAsync<PageBody>(context.Request, cancellationToken);
        if (body?.Consent is not true)
            return Problem(422, "The visitor's consent is needed: \"consent\": true.");
        if (PageView.Of(body) is not { } page)
            return Problem(422, PageView.Needed);
        if (await quotas.TakePageAsync(ClientAddress.Of(context), visitor) is { } wait)
            return TooMany(context.Response, wait, "Too many pages were looked at by you, from your address, or in all; wait a minute.");
        bool isKnown = await quotas.LookAsync(visitor, page.Address, KeepAsync);
        return isKnown ? TypedResults.NoContent() : Unknown();

        async ValueTask<bool> KeepAsync() =>
            (await grains.Customer(visitor.CustomerId).AddTimelineEntryAsync(page.EntryOf(visitor))).Rejection is null;
    }

    private static async Task<IResult> PushAsync(PushCalls push, CancellationToken cancellationToken) =>
        TypedResults.Ok(await push.LookAsync(cancellationToken));

    private static async Task<IResult> SubscribeAsync(
        HttpContext context,
        VisitorTokens tokens,
        VisitorQuotas quotas,
        PushCalls push,
        CancellationToken cancellationToken
    )
    {
        if (await FindVisitorAsync(context, tokens, cancellationToken) is not { } visitor)
            return Unknown();
        if (await quotas.TakePageAsync(ClientAddress.Of(context), visitor) is { } wait)
            return TooMany(context.Response, wait, "Too much was asked by you, from your address, or in all; wait a minute.");
        PushBody? body = await ReadAsync<PushBody>(context.Request, cancellationToken);
        return await push.SubscribeAsync(visitor, body, cancellationToken) is { } wrong
            ? Problem(wrong.Status, wrong.Why)
            : TypedResults.NoContent();
    }

    private static async Task<IResult> UnsubscribeAsync(
        HttpContext context,
        string endpoint,
        VisitorTokens tokens,
        PushCalls push,
        CancellationToken cancellationToken
    )
    {
        if (await FindVisitorAsync(context, tokens, cancellationToken) is not { } visitor)
            return Unknown();
        await push.EndAsync(visitor, endpoint, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>A file that the company sent, to be kept: what strangers made is shown by no page of ours.</summary>
    private static async Task<IResult> FileAsync(
        string id,
        HttpContext context,
        VisitorTokens tokens,
        IAttachmentStore attachments,
        ICatalog catalog,
        CancellationToken cancellationToken
    )
    {
        if (await FindVisitorAsync(context, tokens, cancellationToken) is not { } visitor)
            return Unknown();
        if (
            !Identifier.IsValid(id)
            || await attachments.FindAsync(id, cancellationToken) is not { CustomerId: { } owner }
            || !catalog.Merges.AreOne(owner, visitor.CustomerId)
            || await attachments.ReadAsync(id, cancellationToken) is not { } file
        )
            return Problem(404, "There is no such file of yours.");
        return TypedResults.Bytes(file.Content, file.Attachment.Type, file.Attachment.Name);
    }

    private static async Task StreamAsync(
        HttpContext context,
        VisitorTokens tokens,
        VisitorQuotas quotas,
        ChatStreams streams,
        string? lastEventId
    )
    {
        if (await FindVisitorAsync(context, tokens, context.RequestAborted) is not { } visitor)
        {
            await Unknown().ExecuteAsync(context);
            return;
        }
        using IDisposable? place = quotas.TryOpenStream(context, visitor);
        if (place is null)
        {
            await TooMany(context.Response, WaitForPlace, "Too many pages of yours, of your address, or in all are open.")
                .ExecuteAsync(context);
            return;
        }
        EventStream.TryReadPosition(context.Request, lastEventId, out long? position);
        await streams.RunAsync(context, visitor, position);
    }

    private static async ValueTask<Visitor?> FindVisitorAsync(
        HttpContext context,
        VisitorTokens tokens,
        CancellationToken cancellationToken
    ) => Bearer.Of(context.Request) is { } token ? await tokens.FindAsync(token, cancellationToken) : null;

    private static async ValueTask<T?> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, cancellationToken);
        ReadOnlyMemory<byte> utf8 = JsonSyntax.WithoutByteOrderMark(body.ToArray());
        if (JsonSyntax.FindMistake(utf8.Span) is not null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(utf8.Span, OmniJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonHttpResult<ChatProblem> TooMany(HttpResponse response, TimeSpan wait, string detail)
    {
        RetryAfter.Tell(response, wait);
        return Problem(429, detail);
    }

    private static JsonHttpResult<ChatProblem> Unknown() => Problem(401, "The visitor is not known; introduce yourself first.");

    private static JsonHttpResult<ChatProblem> Problem(int status, string detail) =>
        TypedResults.Json(new ChatProblem("The chat refused this.", status, detail), OmniJson.Options, "application/problem+json", status);
}
