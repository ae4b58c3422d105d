using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Delivery;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Delivery;

internal static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this IEndpointRouteBuilder api) =>
        api.MapGet("/dead-letters", ListAsync)
            .WithTags("Dead letters")
            .WithSummary("Messages that were not understood, the newest first.")
            .Produces<Page<DeadLetter>>()
            .Fails(401, 422);

    private static async Task<IResult> ListAsync(
        IDeadLetterQueries deadLetters,
        string? count,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await deadLetters.ListAsync(Query.Page(cursor, limit, count: count), cancellationToken));
}
