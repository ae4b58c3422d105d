using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Api.Systems;

/// <summary>Other systems that are called with changes.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder webhooks = api.MapGroup("/webhooks").WithTags("Other systems");
        webhooks
            .MapDocuments(DocumentKind.Webhook)
            .Lists<JsonElement>("Webhooks, by id; q matches id or name anywhere. Of a secret it is said only that it is set.");
        webhooks
            .MapDocument(DocumentKind.Webhook)
            .Shows<JsonElement>("A webhook as it was written; of its secret it is said only that it is set.");
        webhooks
            .MapPut("/{id}", PutAsync)
            .Writes<WebhookBody, JsonElement>("""Creates or replaces a webhook; a secret written as {"set":true} stays as it is.""");
        webhooks
            .MapDocumentRemoval(DocumentKind.Webhook)
            .Removes("Removes a webhook with its deliveries; what waits is not sent any more.");
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
