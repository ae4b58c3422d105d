using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Systems;

/// <summary>Other systems that are called with changes.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder webhooks = api.MapGroup("/webhooks").WithTags("Other systems");
        webhooks
            .MapDocuments(DocumentKind.Webhook)
            .WithSummary("Webhooks, by id; q matches id or name anywhere. Of a secret it is said only that it is set.")
            .Produces<Page<JsonElement>>()
            .Fails(401, 403, 422);
        webhooks
            .MapDocument(DocumentKind.Webhook)
            .WithSummary("A webhook as it was written; of its secret it is said only that it is set.")
            .Produces<JsonElement>()
            .Fails(401, 403, 404);
        webhooks
            .MapPut("/{id}", PutAsync)
            .WithSummary("""Creates or replaces a webhook; a secret written as {"set":true} stays as it is.""")
            .Takes<WebhookBody>()
            .Produces<JsonElement>()
            .Produces<JsonElement>(201)
            .Fails(401, 403, 412, 422);
        webhooks
            .MapDocumentRemoval(DocumentKind.Webhook)
            .WithSummary("Removes a webhook with its deliveries; what waits is not sent any more.")
            .Produces(204)
            .Fails(401, 403, 404, 412);
        webhooks.MapDeliveries(DocumentKind.Webhook);
    }

    private static async Task<IResult> PutAsync(string id, SystemWriting writing, HttpContext context, CancellationToken cancellationToken)
    {
        (Webhook webhook, JsonObject written) = await writing.ReadAsync(
            DocumentKind.Webhook,
            id,
            context,
            WebhookReader.Read,
            cancellationToken
        );
        return await writing.PutAsync(
            DocumentKind.Webhook,
            id,
            written,
            (SystemNames.Webhook(id), webhook.Events, null),
            context,
            cancellationToken
        );
    }
}
