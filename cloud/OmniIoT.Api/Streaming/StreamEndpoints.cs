using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
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

    private static async Task StreamAsync(
        HttpContext context,
        ChangeStreams streams,
        ICatalog catalog,
        RecordedReads reads,
        [AsParameters] StreamQuery query
    )
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
        )
        {
            Within = context.Bounds(),
        };
        if (!EventStream.TryReadPosition(context.Request, Query.Empty(query.LastEventId), out long? position))
            throw Query.Refuse("lastEventId", "must be an id that the stream gave");
        if (!isCustomer)
            await RecordAsync(context, reads, catalog, filter.CustomerId);
        await streams.RunAsync(context, filter, position);
    }

    /// <summary>At its beginning: it may be open for a day.</summary>
    private static ValueTask RecordAsync(HttpContext context, RecordedReads reads, ICatalog catalog, string? customerId) =>
        customerId is null
            ? reads.AddAsync(context.Origin(), AuditActions.CustomersListed, "customers:*")
            : reads.AddAsync(
                context.Origin(),
                AuditActions.CustomerRead,
                EntityId.Customer(catalog.Merges.SurvivorOf(customerId)).ToString()
            );
}
