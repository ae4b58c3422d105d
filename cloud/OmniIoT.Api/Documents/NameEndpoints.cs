using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Documents;

/// <summary>Ids whose names are wanted; each list has 500 at most.</summary>
public sealed record NamesBody(
    IReadOnlyList<string>? Customers,
    IReadOnlyList<string>? Devices,
    IReadOnlyList<string>? Sites,
    IReadOnlyList<string>? Fences,
    IReadOnlyList<string>? Beacons
);

/// <summary>Names by id; what has none, or is not there, is missing. A customer who was merged has the survivor's.</summary>
public sealed record NamesView(
    IReadOnlyDictionary<string, string> Customers,
    IReadOnlyDictionary<string, string> Devices,
    IReadOnlyDictionary<string, string> Sites,
    IReadOnlyDictionary<string, string> Fences,
    IReadOnlyDictionary<string, string> Beacons
);

/// <summary>The names that a page of a list needs, with one call.</summary>
internal static class NameEndpoints
{
    public static void MapNames(this IEndpointRouteBuilder api) =>
        api.MapPost("/names", FindAsync)
            .WithTags("Names")
            .WithSummary(
                "Names of customers, devices, sites, fences and beacons by their ids, as far as the caller may see these; changes nothing."
            )
            .Takes<NamesBody>()
            .Produces<NamesView>()
            .Fails(401, 422);

    private static async Task<IResult> FindAsync(
        HttpContext context,
        ICustomerQueries customers,
        IDeviceQueries devices,
        IDocumentQueries documents,
        CancellationToken cancellationToken
    )
    {
        NamesBody body = await Body.ReadAsync<NamesBody>(context.Request, cancellationToken);
        Mistakes mistakes = new();
        IReadOnlyList<string> people = Check(mistakes, "/customers", body.Customers);
        IReadOnlyList<string> things = Check(mistakes, "/devices", body.Devices);
        IReadOnlyList<string> sites = Check(mistakes, "/sites", body.Sites);
        IReadOnlyList<string> fences = Check(mistakes, "/fences", body.Fences);
        IReadOnlyList<string> beacons = Check(mistakes, "/beacons", body.Beacons);
        mistakes.ThrowIfAny();
        RightSet rights = context.Caller().Rights;
        if (!rights.Has("customers:read"))
            people = [];
        if (!rights.Has("devices:read"))
            things = [];
        if (!rights.Has("places:read"))
            (sites, fences, beacons) = ([], [], []);
        people = await WithinAsync(context, BoundKind.Customer, people, cancellationToken);
        things = await WithinAsync(context, BoundKind.Device, things, cancellationToken);
        fences = await WithinAsync(context, BoundKind.Fence, fences, cancellationToken);
        beacons = await WithinAsync(context, BoundKind.Beacon, beacons, cancellationToken);
        if (context.Bounds() is { Sites: not null } bounds)
            sites = [.. sites.Where(bounds.HasSite)];
        return TypedResults.Ok(
            new NamesView(
                await customers.NamesAsync(people, cancellationToken),
                await devices.NamesAsync(things, cancellationToken),
                await documents.NamesAsync(DocumentKind.Site, sites, cancellationToken),
                await documents.NamesAsync(DocumentKind.Fence, fences, cancellationToken),
                await documents.NamesAsync(DocumentKind.Beacon, beacons, cancellationToken)
            )
        );
    }

    private static async ValueTask<IReadOnlyList<string>> WithinAsync(
        HttpContext context,
        BoundKind kind,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    )
    {
        if (context.Bounds() is null)
            return ids;
        List<string> within = [];
        foreach (string id in ids)
        {
            if (await CallBounds.MayNameAsync(context, kind, id, cancellationToken))
                within.Add(id);
        }
        return within;
    }

    private static IReadOnlyList<string> Check(Mistakes mistakes, string pointer, IReadOnlyList<string>? ids)
    {
        if (ids is null)
            return [];
        if (ids.Count > PageRequest.MaximumLimit)
            mistakes.Add(pointer, $"must not have more than {PageRequest.MaximumLimit} ids");
        else if (ids.Contains(null!))
            mistakes.Add(pointer, "must not have null among its ids");
        return ids;
    }
}
