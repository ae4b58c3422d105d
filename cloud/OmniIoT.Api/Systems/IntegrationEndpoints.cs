using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Api.Systems;

/// <summary>Help desks of other companies that have the same cases as tickets.</summary>
internal static class IntegrationEndpoints
{
    /// <summary>What tickets are made of.</summary>
    private static readonly string[] Told = ["case", "conversation", "message", TimelineKind.NoteAdded];

    public static void MapIntegrations(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder integrations = api.MapGroup("/integrations").WithTags("Other systems");
        integrations
            .MapDocuments(DocumentKind.Integration)
            .Lists<JsonElement>("Integrations, by id; q matches id or name anywhere. Of a secret it is said only that it is set.");
        integrations
            .MapDocument(DocumentKind.Integration)
            .Shows<JsonElement>("An integration as it was written; of its secrets it is said only that they are set.");
        integrations
            .MapPut("/{id}", PutAsync)
            .Writes<IntegrationBody, JsonElement>(
                """Creates or replaces an integration; a secret written as {"set":true} stays, unless the endpoint has another host."""
            );
        integrations
            .MapDocumentRemoval(DocumentKind.Integration)
            .Removes("Removes an integration, and which ticket was which case; cases and tickets stay as they are.");
        integrations.MapDeliveries(DocumentKind.Integration);
    }

    private static async Task<IResult> PutAsync(
        string id,
        DocumentStore documents,
        SystemWriting writing,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (Integration integration, JsonObject written) = await writing.ReadAsync(
            DocumentKind.Integration,
            id,
            context,
            IntegrationReader.Read,
            cancellationToken
        );
        Mistakes mistakes = new();
        foreach (string queue in integration.Queues)
        {
            if (!await documents.ExistsAsync(DocumentKind.Queue, queue, cancellationToken))
                mistakes.Add("/queues", Wrong.Unknown("queue", queue));
        }
        mistakes.ThrowIfAny();
        return await writing.PutAsync(
            DocumentKind.Integration,
            id,
            written,
            (SystemNames.Integration(id), Told, integration.Place),
            context,
            cancellationToken
        );
    }
}
