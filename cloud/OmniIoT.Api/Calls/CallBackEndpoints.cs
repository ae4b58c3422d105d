using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Calls;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Calls;

/// <summary>Who was promised a call.</summary>
internal static class CallBackEndpoints
{
    public static void MapCallBacks(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder callBacks = api.MapGroup("/callbacks").WithTags("Voice");
        callBacks.MapGet("", ListAsync).Lists<CallBack>("Promises to call back, who has waited longest first.");
        callBacks
            .MapPost("/{id}/complete", CompleteAsync)
            .WithSummary("Says that a call-back is settled; once more changes nothing.")
            .Produces<CallBack>()
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        ICallBackQueries callBacks,
        string? queue,
        string? status,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    )
    {
        CallBackFilter filter = new(Query.Empty(queue), Query.Choice<CallBackStatus>("status", status)) { Within = context.Bounds() };
        return TypedResults.Ok(await callBacks.ListAsync(filter, page.Read(), cancellationToken));
    }

    private static async Task<IResult> CompleteAsync(
        string id,
        HttpContext context,
        ICallBackQueries callBacks,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        CallBack known =
            await callBacks.FindAsync(Query.Id(id), cancellationToken) ?? throw new ProblemException(Problem.NotFound("callback", id));
        CompleteCallBack request = new(id, context.Caller().Actor);
        return TypedResults.Ok((await grains.Customer(known.CustomerId).CompleteCallBackAsync(request)).OrThrow());
    }
}
