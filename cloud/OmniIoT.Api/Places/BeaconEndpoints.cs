using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Places;

internal static class BeaconEndpoints
{
    public static void MapBeacons(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder beacons = api.MapGroup("/beacons").WithTags("Places");
        beacons
            .MapGet("", ListAsync)
            .WithSummary("Beacons, by id; q matches id, name or zone anywhere.")
            .Produces<Page<Beacon>>()
            .Fails(401, 422);
        beacons.MapDocument(DocumentKind.Beacon, BeaconId.Canonical).WithSummary("A beacon.").Produces<Beacon>().Fails(401, 404);
        beacons
            .MapPut("/{id}", PutAsync)
            .Writes<BeaconBody, Beacon>(
                "Creates or replaces a beacon, named uuid:major:minor in any spelling; its id is in lower case, without leading zeros."
            );
        beacons.MapDocumentRemoval(DocumentKind.Beacon, BeaconId.Canonical).Removes("Removes a beacon.");
    }

    /// <exception cref="ProblemException">There is no such site.</exception>
    public static async Task RequireSiteAsync(this DocumentStore documents, string siteId, CancellationToken cancellationToken)
    {
        if (!await documents.ExistsAsync(DocumentKind.Site, siteId, cancellationToken))
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/siteId", Wrong.Unknown("site", siteId))));
    }

    private static Task<IResult> ListAsync(
        HttpContext context,
        DocumentStore documents,
        string? q,
        string? siteId,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    ) =>
        documents.ListAsync(
            DocumentKind.Beacon,
            page.Read(),
            cancellationToken,
            new DocumentFilter(Query.Empty(q), Query.Empty(siteId)) { Sites = context.Bounds()?.Sites }
        );

    private static async Task<IResult> PutAsync(
        string id,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        using JsonDocument document = JsonDocument.Parse(await Body.ReadJsonAsync(context.Request, cancellationToken));
        Beacon beacon = PlaceReader.ReadBeacon(id, document.RootElement).OrThrow();
        CallBounds.RequireSite(context, beacon.SiteId);
        await documents.RequireSiteAsync(beacon.SiteId, cancellationToken);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(beacon, OmniJson.Options);
        return await documents.PutAsync(DocumentKind.Beacon, beacon.Id, json, context, cancellationToken);
    }
}
