using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit", ListAsync)
            .WithTags("Audit")
            .Lists<AuditEntry>(
                "Who read or changed what, signed in or was refused, newest first; an actor or a subject is its kind, a colon and its id, or the id alone. Several actions with commas between them."
            );

    /// <summary>Whoever reads the trail stands in it.</summary>
    private static async Task<IResult> ListAsync(
        HttpContext context,
        IAuditQueries audit,
        RecordedReads reads,
        [AsParameters] AuditQuery query,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    )
    {
        Page<AuditEntry> entries = await audit.ListAsync(query.Read(), page.Read(), cancellationToken);
        await reads.AddAsync(context.Origin(), AuditActions.AuditRead, "audit:*");
        return TypedResults.Ok(entries);
    }
}
