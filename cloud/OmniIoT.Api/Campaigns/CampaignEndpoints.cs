using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Campaigns;

internal static class CampaignEndpoints
{
    public static void MapCampaigns(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder campaigns = api.MapGroup("/campaigns").WithTags("Campaigns");
        campaigns
            .MapDocuments(DocumentKind.Campaign)
            .WithSummary("Campaigns, by id; q matches id or name anywhere.")
            .Produces<Page<JsonElement>>()
            .Fails(401, 422);
        campaigns.MapDocument(DocumentKind.Campaign).WithSummary("A campaign as it was written.").Produces<JsonElement>().Fails(401, 404);
        campaigns
            .MapPut("/{id}", PutAsync)
            .Writes<JsonElement, JsonElement>("Creates or replaces a campaign; a wrong one is refused whole.");
        campaigns.MapDocumentRemoval(DocumentKind.Campaign).Removes("Removes a campaign; offers and decisions stay.");
        campaigns
            .MapGet("/{id}/report", ReportAsync)
            .WithSummary("How a campaign goes: decisions by reason, offers by state.")
            .Produces<CampaignReport>()
            .Fails(401, 404);
    }

    private static async Task<IResult> PutAsync(
        string id,
        DocumentStore documents,
        IDeviceQueries devices,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (Campaign campaign, ReadOnlyMemory<byte> json) = await DocumentJson.ReadAsync(id, context, CampaignParser.Read, cancellationToken);
        await CheckPlacesAsync(campaign, documents, devices, cancellationToken);
        return await documents.PutAsync(DocumentKind.Campaign, id, json, context, cancellationToken);
    }

    private static async Task CheckPlacesAsync(
        Campaign campaign,
        DocumentStore documents,
        IDeviceQueries devices,
        CancellationToken cancellationToken
    )
    {
        Problems.Mistakes mistakes = new();
        for (int i = 0; i < campaign.FenceIds.Count; i++)
        {
            if (!await documents.ExistsAsync(DocumentKind.Fence, campaign.FenceIds[i], cancellationToken))
                mistakes.Add($"/fenceIds/{i}", Wrong.Unknown("fence", campaign.FenceIds[i]));
        }
        for (int i = 0; i < campaign.BeaconIds.Count; i++)
        {
            // A scanner in a store, which is a device, stands where a beacon may.
            if (
                !await documents.ExistsAsync(DocumentKind.Beacon, campaign.BeaconIds[i], cancellationToken)
                && await devices.FindAsync(campaign.BeaconIds[i], cancellationToken) is null
            )
                mistakes.Add($"/beaconIds/{i}", Wrong.Unknown("beacon or scanner", campaign.BeaconIds[i]));
        }
        mistakes.ThrowIfAny();
    }

    private static async Task<IResult> ReportAsync(
        string id,
        DocumentStore documents,
        ICampaignQueries campaigns,
        CancellationToken cancellationToken
    ) =>
        await documents.ExistsAsync(DocumentKind.Campaign, Query.Id(id), cancellationToken)
            ? TypedResults.Ok(await campaigns.ReportAsync(id, cancellationToken))
            : throw new ProblemException(Problem.NotFound("campaign", id));
}
