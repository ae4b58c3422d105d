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
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Geometry;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Places;

internal static class FenceEndpoints
{
    public static void MapFences(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder fences = api.MapGroup("/fences").WithTags("Places");
        fences
            .MapGet("", ListAsync)
            .WithSummary(
                "Fences, by id; q matches id or name anywhere, bbox (west,south,east,north in degrees) whose box has a part in it."
            )
            .Produces<Page<JsonElement>>()
            .Fails(401, 422);
        fences.MapDocument(DocumentKind.Fence).WithSummary("A fence.").Produces<JsonElement>().Fails(401, 404);
        fences
            .MapPut("/{id}", PutAsync)
            .Writes<JsonElement, JsonElement>(
                "Creates or replaces a fence: a GeoJSON Polygon or MultiPolygon, or a Point with a radius. It acts on whatever comes after the answer."
            );
        fences.MapDocumentRemoval(DocumentKind.Fence).Removes("Removes a fence.");
    }

    private static Task<IResult> ListAsync(
        HttpContext context,
        DocumentStore documents,
        [AsParameters] FenceQuery query,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    ) =>
        documents.ListAsync(
            DocumentKind.Fence,
            page.Read(),
            cancellationToken,
            new DocumentFilter(Query.Empty(query.Q), Query.Empty(query.SiteId), Query.Box("bbox", query.Bbox))
            {
                Sites = context.Bounds()?.Sites,
            }
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
        Fence fence = FenceReader.Read(id, document.RootElement, cancellationToken).OrThrow();
        CallBounds.RequireSite(context, fence.SiteId);
        await documents.RequireSiteAsync(fence.SiteId, cancellationToken);
        return await documents.PutAsync(DocumentKind.Fence, id, FenceWriter.ToUtf8(fence), context, cancellationToken);
    }
}
