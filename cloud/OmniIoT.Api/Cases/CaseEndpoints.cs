using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
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
            .ListsPersons()
            .WithSummary(
                "Cases, the newest first, the most pressing, or those with broken promises; each word of q is in the number, the title, or what names the device or the customer."
            )
            .Produces<Page<Case>>()
            .Fails(401, 422);
        cases
            .MapGet("/counts", CountAsync)
            .WithSummary("How many cases there are of each status and of each queue; the filters are those of the list.")
            .Produces<CaseCounts>()
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
    public static async ValueTask<Case> RequireAsync(this ICaseQueries cases, string id, CancellationToken cancellationToken) =>
        await cases.FindAsync(Query.Id(id), cancellationToken) ?? throw new ProblemException(Problem.NotFound("case", id));

    private static async Task<IResult> ListAsync(
        HttpContext context,
        ICaseQueries cases,
        string? status,
        [AsParameters] CaseQuery query,
        string? unresolved,
        string? sort,
        [AsParameters] PageQuery page
    )
    {
        CancellationToken cancellationToken = context.RequestAborted;
        CaseStatus? wanted = Query.Choice<CaseStatus>("status", status);
        CaseFilter filter = FilterOf(context, query) with { Status = wanted, Unresolved = Query.Flag("unresolved", unresolved) };
        CaseOrder order = Query.Choice<CaseOrder>("sort", sort) ?? CaseOrder.Newest;
        return TypedResults.Ok(await cases.ListAsync(filter, page.Read(), cancellationToken, order));
    }

    private static async Task<IResult> CountAsync(
        HttpContext context,
        ICaseQueries cases,
        [AsParameters] CaseQuery query,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(CaseCounts.Of(await cases.CountAsync(FilterOf(context, query), cancellationToken)));

    private static CaseFilter FilterOf(HttpContext context, CaseQuery query) =>
        new()
        {
            DeviceId = Query.Empty(query.DeviceId),
            CustomerId = Query.Empty(query.CustomerId),
            Assignee = Query.Assignee(query.Assignee),
            Queue = Query.Empty(query.Queue),
            Priority = Query.Choice<CasePriority>("priority", query.Priority),
            Text = Query.Empty(query.Q),
            Within = context.Bounds(),
        };

    private static async Task<IResult> GetAsync(string id, ICaseQueries cases, HttpContext context, CancellationToken cancellationToken)
    {
        Case found = await cases.RequireAsync(id, cancellationToken);
        context.Concerns(found.CustomerId);
        return EntityTag.Tagged(context.Response, found, found.Version);
    }

    private static async Task<IResult> TimelineAsync(
        string id,
        HttpContext context,
        ICaseQueries cases,
        ITimelineQueries timeline,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        context.Concerns((await cases.RequireAsync(id, cancellationToken)).CustomerId);
        return TypedResults.Ok(
            await timeline.ListAsync(new TimelineFilter(null, CaseId: id), Query.Page(cursor, limit), cancellationToken)
        );
    }
}
