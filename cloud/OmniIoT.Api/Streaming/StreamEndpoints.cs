using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Api.Streaming;

internal static class StreamEndpoints
{
    public static void MapStream(this IEndpointRouteBuilder api) =>
        api.MapGet("/stream", StreamAsync)
            .WithTags("Stream")
            .WithSummary("What becomes true, as server-sent events, as far as the caller may see it; Last-Event-ID resumes without a gap.")
            .Produces<string>(200, EventStream.MediaType)
            .Fails(401, 403, 422, 429);

    private static Task StreamAsync(HttpContext context, ChangeStreams streams, ICatalog catalog, [AsParameters] StreamQuery query)
    {
        bool isCustomer = context.Caller() is CustomerCaller;
        if (isCustomer)
            context.RequireOwn(query.CustomerId);
        StreamFilter filter = new(
            Query.Empty(query.CustomerId),
            Query.Empty(query.DeviceId),
            Query.List(query.Kinds)?.ToHashSet(StringComparer.Ordinal),
            catalog,
            isCustomer,
            isCustomer ? RightSet.All : context.Caller().Rights
        );
        return EventStream.TryReadPosition(context.Request, Query.Empty(query.LastEventId), out long? position)
            ? streams.RunAsync(context, filter, position)
            : throw Query.Refuse("lastEventId", "must be an id that the stream gave");
    }
}
