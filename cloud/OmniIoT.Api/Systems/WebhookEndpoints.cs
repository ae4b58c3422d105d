using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Api.Streaming;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Systems;

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
        webhooks.MapDeliveries();
    }

    private static void MapDeliveries(this RouteGroupBuilder webhooks)
    {
        webhooks
            .MapGet("/{id}/deliveries", ListAsync)
            .WithSummary("What was sent and what waits, newest first; what has ended is kept for a week.")
            .Produces<Page<ChangeDelivery>>()
            .Fails(401, 403, 404, 422);
        webhooks
            .MapPost("/{id}/deliveries/{deliveryId}/redeliver", RedeliverAsync)
            .WithSummary("Sends a change once more, with the id that it had, whatever became of it.")
            .Produces<ChangeDelivery>()
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> PutAsync(
        string id,
        DocumentStore documents,
        IDocumentQueries queries,
        SystemSecrets secrets,
        SystemsOptions options,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        ReadOnlyMemory<byte> json = DocumentJson.WithId(await Body.ReadJsonAsync(context.Request, cancellationToken), id);
        JsonObject written = (JsonObject)JsonNode.Parse(json.Span)!;
        Document? stored = await queries.FindAsync(DocumentKind.Webhook, id, cancellationToken);
        secrets.Restore(DocumentKind.Webhook, id, written, stored is null ? null : (JsonObject)JsonNode.Parse(stored.Json)!);
        using JsonDocument document = JsonDocument.Parse(OmniJson.Utf8(written));
        Webhook webhook = WebhookReader.Read(id, document.RootElement, options.AllowPrivate).OrThrow();
        RequireSight(context, webhook);
        secrets.Seal(DocumentKind.Webhook, id, written);
        Effect[] beside = [new ListenToChanges(SystemNames.Webhook(id), webhook.Events)];
        return await documents.PutAsync(DocumentKind.Webhook, id, OmniJson.Utf8(written), context, cancellationToken, beside);
    }

    /// <summary>Nobody has sent elsewhere what they may not see.</summary>
    private static void RequireSight(HttpContext context, Webhook webhook)
    {
        RightSet rights = context.Caller().Rights;
        if (!EventNames.KindsOf(webhook.Events).All(kind => rights.MaySee(kind)))
            throw Access.Access.Forbidden();
    }

    private static async Task<IResult> ListAsync(
        string id,
        DocumentStore documents,
        IChangeDeliveries deliveries,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    )
    {
        if (!await documents.ExistsAsync(DocumentKind.Webhook, Query.Id(id), cancellationToken))
            throw new ProblemException(Problem.NotFound("webhook", id));
        return TypedResults.Ok(await deliveries.ListAsync(SystemNames.Webhook(id), page.Read(), cancellationToken));
    }

    private static async Task<IResult> RedeliverAsync(
        string id,
        string deliveryId,
        IChangeDeliveries deliveries,
        ICommitter committer,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        string system = SystemNames.Webhook(Query.Id(id));
        ChangeDelivery known = await deliveries.FindAsync(system, deliveryId, cancellationToken) ?? throw Missing(deliveryId);
        await committer.CommitAsync(new CommitUnit { Effects = { new Redeliver(known.Id, time.Now()) } });
        return TypedResults.Ok(await deliveries.FindAsync(system, deliveryId, cancellationToken) ?? throw Missing(deliveryId));
    }

    private static ProblemException Missing(string deliveryId) => new(Problem.NotFound("delivery", deliveryId));
}
