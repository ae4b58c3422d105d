using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Places;

internal static class PresenceEndpoints
{
    public static void MapPresence(this IEndpointRouteBuilder api) =>
        api.MapGet("/places/present", ListAsync)
            .ListsPersons()
            .WithTags("Places")
            .WithSummary("Customers who are in a place now, by entry.")
            .Produces<Page<PresenceView>>()
            .Fails(401, 422);

    private static async Task<IResult> ListAsync(
        HttpContext context,
        ICustomerQueries customers,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        Page<PresentVisit> page = await customers.PresentAsync(Query.Page(cursor, limit), cancellationToken);
        IReadOnlyList<PresentVisit> within = await CallBounds.WithinAsync(
            context,
            page.Items,
            present => SubjectsOf(present, context.Bounds()),
            cancellationToken
        );
        return TypedResults.Ok(new Page<PresenceView>([.. within.Select(View)], page.Next));
    }

    /// <summary>Whoever is at somebody's site is theirs to see there; without sites, those who are theirs.</summary>
    private static Subjects SubjectsOf(PresentVisit present, Bounds? bounds) =>
        bounds?.Sites is null ? new Subjects { CustomerId = present.CustomerId } : new Subjects { SiteId = present.Visit.SiteId };

    private static PresenceView View(PresentVisit present) =>
        new()
        {
            CustomerId = present.CustomerId,
            Name = present.Name,
            SiteId = present.Visit.SiteId,
            FenceId = present.Visit.FenceId,
            BeaconId = present.Visit.BeaconId,
            EnteredAt = present.Visit.EnteredAt,
            Lat = present.Visit.Lat,
            Lon = present.Visit.Lon,
        };
}
