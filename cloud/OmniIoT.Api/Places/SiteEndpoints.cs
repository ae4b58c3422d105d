using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Places;

internal static class SiteEndpoints
{
    public static void MapSites(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder sites = api.MapGroup("/sites").WithTags("Places");
        sites
            .MapDocuments(DocumentKind.Site, bounds => bounds.Sites)
            .WithSummary("Sites, by id; q matches id or name anywhere.")
            .Produces<Page<Site>>()
            .Fails(401, 422);
        sites.MapDocument(DocumentKind.Site).WithSummary("A site.").Produces<Site>().Fails(401, 404);
        sites.MapPut("/{id}", PutAsync).Writes<SiteBody, Site>("Creates or replaces a site.");
        sites
            .MapDocumentRemoval(DocumentKind.Site, check: RequireEmptyAsync)
            .Removes("Removes a site without fences and beacons.")
            .Fails(409);
    }

    private static async Task<IResult> PutAsync(
        string id,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        using JsonDocument document = JsonDocument.Parse(await Body.ReadJsonAsync(context.Request, cancellationToken));
        Site site = PlaceReader.ReadSite(id, document.RootElement).OrThrow();
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(site, OmniJson.Options);
        return await documents.PutAsync(DocumentKind.Site, id, json, context, cancellationToken);
    }

    /// <exception cref="ProblemException">A fence or a beacon belongs to it.</exception>
    private static async Task RequireEmptyAsync(DocumentStore documents, string id, CancellationToken cancellationToken)
    {
        foreach (DocumentKind kind in new[] { DocumentKind.Fence, DocumentKind.Beacon })
        {
            if (await documents.FirstOfSiteAsync(kind, id, cancellationToken) is { } document)
                throw new ProblemException(
                    Problem.Of(
                        StatusCodes.Status409Conflict,
                        $"The {kind.ToString().ToLowerInvariant()} '{document.Id}' belongs to the site '{id}'.",
                        "SiteInUse"
                    )
                );
        }
    }
}
