using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace OmniIoT.Web.Streaming;

/// <summary>What every answer with server-sent events (WHATWG HTML, "Server-sent events") has in common.</summary>
public static class EventStream
{
    public const string MediaType = "text/event-stream";

    /// <summary>Where a client that was here before goes on: the header <c>Last-Event-ID</c>, or a parameter that says the same.</summary>
    /// <param name="request">The call.</param>
    /// <param name="lastEventId">The parameter; null or empty: it has none.</param>
    /// <param name="position">Null: it begins now.</param>
    /// <returns>False when what it says is no position.</returns>
    public static bool TryReadPosition(HttpRequest request, string? lastEventId, out long? position)
    {
        string header = request.Headers["Last-Event-ID"].ToString();
        string? text = header.Length > 0 ? header : lastEventId;
        position = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
        return position is not null || string.IsNullOrEmpty(text);
    }

    /// <summary>Makes the answer one: never buffered, never stored.</summary>
    public static EventStreamWriter Begin(HttpContext context)
    {
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // A slow watcher is let be: it holds up only itself.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        return new EventStreamWriter(context.Response.Body);
    }
}
