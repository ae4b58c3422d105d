using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Cases;

internal static class CaseEndpoints
{
    public static void MapCases(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder cases = api.MapGroup("/cases").WithTags("Cases");
        cases
            .MapGet("", ListAsync)
            .WithSummary("Cases, the newest first; q matches number or title.")
            .Produces<Page<Case>>()
            .Fails(401, 422);
        cases.MapGet("/{id}", GetAsync).WithSummary("A case.").Produces<Case>().Fails(401, 404);
        cases
            .MapGet("/{id}/timeline", TimelineAsync)
            .WithSummary("What happened in a case, newest first.")
            .Produces<Page<TimelineEntry>>()
            .Fails(401, 404, 422);
        cases.MapCaseActions();
    }

    /// <exception cref="ProblemException">There is no such case.</exception>
    public static async ValueTask<Case> RequireAsync(
        this ICaseQueries cases,
        string id,
        CancellationToken cancellationToken
    ) =>
        await cases.FindAsync(Query.Id(id), cancellationToken)
        ?? throw new ProblemException(Problem.NotFound("case", id));

    private static async Task<IResult> ListAsync(
        ICaseQueries cases,
        string? status,
        string? deviceId,
        string? customerId,
        string? assignee,
        string? queue,
        string? priority,
        string? q,
        string? unresolved,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        CaseFilter filter = new(
            Query.Choice<CaseStatus>("status", status),
            Query.Empty(deviceId),
            Query.Empty(customerId),
            Query.Empty(assignee),
            Query.Empty(queue),
            Query.Choice<CasePriority>("priority", priority),
            Query.Empty(q),
            Query.Flag("unresolved", unresolved)
        );
        return TypedResults.Ok(
            await cases.ListAsync(filter, Query.Page(cursor, limit), cancellationToken)
        );
    }

    private static async Task<IResult> GetAsync(
        string id,
        ICaseQueries cases,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        Case found = await cases.RequireAsync(id, cancellationToken);
        EntityTag.Set(response, found.Version);
        return TypedResults.Ok(found);
    }

    private static async Task<IResult> TimelineAsync(
        string id,
        ICaseQueries cases,
        ITimelineQueries timeline,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        await cases.RequireAsync(id, cancellationToken);
        return TypedResults.Ok(
            await timeline.ListAsync(
                new TimelineFilter(null, CaseId: id),
                Query.Page(cursor, limit),
                cancellationToken
            )
        );
    }
}
