using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Systems;

namespace OmniIoT.Api.Systems;

/// <summary>What other systems were sent, and what waits for them.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this RouteGroupBuilder systems, DocumentKind kind)
    {
        systems
            .MapGet(
                "/{id}/deliveries",
                (
                    string id,
                    DocumentStore documents,
                    IChangeDeliveries deliveries,
                    [AsParameters] PageQuery page,
                    CancellationToken cancellationToken
                ) => ListAsync((kind, id), documents, deliveries, page, cancellationToken)
            )
            .WithSummary("What was sent and what waits, newest first; what has ended is kept for a week.")
            .Produces<Page<ChangeDelivery>>()
            .Fails(401, 403, 404, 422);
        systems
            .MapPost(
                "/{id}/deliveries/{deliveryId}/redeliver",
                (
                    string id,
                    string deliveryId,
                    IChangeDeliveries deliveries,
                    ICommitter committer,
                    TimeProvider time,
                    CancellationToken cancellationToken
                ) => RedeliverAsync(SystemOf(kind, id), deliveryId, deliveries, committer, time, cancellationToken)
            )
            .WithSummary("Sends a change once more, with the id that it had, whatever became of it.")
            .Produces<ChangeDelivery>()
            .Fails(401, 403, 404);
    }

    private static string SystemOf(DocumentKind kind, string id) =>
        kind is DocumentKind.Webhook ? SystemNames.Webhook(Query.Id(id)) : SystemNames.Integration(Query.Id(id));

    private static async Task<IResult> ListAsync(
        (DocumentKind Kind, string Id) of,
        DocumentStore documents,
        IChangeDeliveries deliveries,
        PageQuery page,
        CancellationToken cancellationToken
    )
    {
        string system = SystemOf(of.Kind, of.Id);
        if (!await documents.ExistsAsync(of.Kind, of.Id, cancellationToken))
            throw new ProblemException(Problem.NotFound(of.Kind.ToString().ToLowerInvariant(), of.Id));
        return TypedResults.Ok(await deliveries.ListAsync(system, page.Read(), cancellationToken));
    }

    private static async Task<IResult> RedeliverAsync(
        string system,
        string deliveryId,
        IChangeDeliveries deliveries,
        ICommitter committer,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ChangeDelivery known = await deliveries.FindAsync(system, deliveryId, cancellationToken) ?? throw Missing(deliveryId);
        await committer.CommitAsync(new CommitUnit { Effects = { new Redeliver(known.Id, system, time.Now()) } });
        return TypedResults.Ok(await deliveries.FindAsync(system, deliveryId, cancellationToken) ?? throw Missing(deliveryId));
    }

    private static ProblemException Missing(string deliveryId) => new(Problem.NotFound("delivery", deliveryId));
}
