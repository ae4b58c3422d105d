using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Customers;

/// <summary>Where a customer was, and what was offered to them.</summary>
internal static class CustomerPlaces
{
    public static void MapCustomerPlaces(this RouteGroupBuilder customers)
    {
        customers
            .MapGet("/{id}/visits", VisitsAsync)
            .WithSummary("Visits to fences and beacons, newest first.")
            .Produces<Page<Visit>>()
            .Fails(401, 403, 404, 422);
        customers
            .MapGet("/{id}/offers", OffersAsync)
            .WithSummary("Offers, newest first.")
            .Produces<Page<Offer>>()
            .Fails(401, 403, 404, 422);
        customers
            .MapGet("/{id}/decisions", DecisionsAsync)
            .WithSummary("Why offers were sent or not, newest first.")
            .Produces<Page<RecordedDecision>>()
            .Fails(401, 403, 404, 422);
    }

    private static async Task<IResult> VisitsAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        await customers.RequireAsync(context, id, cancellationToken);
        Page<Visit> visits = await customers.VisitsAsync(id, Query.Page(cursor, limit), cancellationToken);
        IReadOnlyList<Visit> within = await CallBounds.WithinAsync(
            context,
            visits.Items,
            visit => new Subjects { CustomerId = id, SiteId = visit.SiteId },
            cancellationToken
        );
        return TypedResults.Ok(visits with { Items = within });
    }

    private static async Task<IResult> OffersAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        await customers.RequireAsync(context, id, cancellationToken);
        return TypedResults.Ok(await customers.OffersAsync(id, Query.Page(cursor, limit), cancellationToken));
    }

    private static async Task<IResult> DecisionsAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        await customers.RequireAsync(context, id, cancellationToken);
        return TypedResults.Ok(await customers.DecisionsAsync(id, Query.Page(cursor, limit), cancellationToken));
    }
}
