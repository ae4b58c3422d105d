using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using OmniIoT.Api.Access;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Commit.Live;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Api.Streaming;

internal static class StreamEndpoints
{
    private const string MediaType = "text/event-stream";

    public static void MapStream(this IEndpointRouteBuilder api) =>
        api.MapGet("/stream", StreamAsync)
            .ForCustomersToo()
            .WithTags("Stream")
            .WithSummary("What becomes true, as server-sent events; Last-Event-ID resumes without a gap. Kinds with commas between them.")
            .Produces<string>(200, MediaType)
            .Fails(401, 403, 422);

    private static async Task StreamAsync(
        HttpContext context,
        ChangeFeed feed,
        ITwinQueries twins,
        IDeviceQueries devices,
        ICatalog catalog,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        string? customerId,
        string? deviceId,
        string? kinds,
        string? lastEventId
    )
    {
        StreamFilter filter = FilterOf(context, catalog, customerId, deviceId, kinds);
        long? after = PositionOf(context.Request, lastEventId);
        // A stream never ends by itself: without this the process would wait for its watchers when it stops.
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        using ChangeSubscription changes = await feed.OpenAsync(after, ended.Token);
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // A slow watcher is let be: it holds up only itself.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        StreamSession session = new(filter, changes, new EventStreamWriter(context.Response.Body), twins, devices, time);
        try
        {
            await session.RunAsync(ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The watcher left, or the process stops.
        }
    }

    private static StreamFilter FilterOf(HttpContext context, ICatalog catalog, string? customerId, string? deviceId, string? kinds)
    {
        bool isCustomer = context.Caller() is CustomerCaller;
        if (isCustomer)
            context.RequireOwn(customerId);
        return new StreamFilter(
            Query.Empty(customerId),
            Query.Empty(deviceId),
            Query.List(kinds)?.ToHashSet(StringComparer.Ordinal),
            catalog,
            isCustomer
        );
    }

    private static long? PositionOf(HttpRequest request, string? lastEventId)
    {
        string? text = Query.Empty(request.Headers["Last-Event-ID"].ToString()) ?? Query.Empty(lastEventId);
        if (text is null)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long position)
            ? position
            : throw Query.Refuse("lastEventId", "must be an id that the stream gave");
    }
}
