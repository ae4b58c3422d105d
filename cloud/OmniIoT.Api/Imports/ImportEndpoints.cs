using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Web;

namespace OmniIoT.Api.Imports;

/// <summary>What another system knew, by the file.</summary>
internal static class ImportEndpoints
{
    private const int MaximumBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public static void MapImports(this IEndpointRouteBuilder api) =>
        api.MapPost("/imports", ImportAsync)
            .WithTags("Imports")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .WithSummary(
                "Takes kind=customers, devices, articles or history from a file of 64 MiB and 200,000 lines at most: comma-separated values with the members of the one call as columns (dots for nested ones, such as identities.0.type), or an object of JSON a line. All lines or none, unless partial=true; dryRun=true only tells. The same file again changes nothing more."
            )
            .Produces<Imported>()
            .Produces<Imported>(422)
            .Fails(401, 403, 413, 429);

    private static async Task<IResult> ImportAsync(
        string? kind,
        string? dryRun,
        string? partial,
        HttpContext context,
        IEnumerable<IImportKind> kinds,
        ImportGate gate,
        CancellationToken cancellationToken
    )
    {
        IImportKind wanted =
            kinds.FirstOrDefault(one => one.Name == kind)
            ?? throw Query.Refuse("kind", "must be one of " + string.Join(", ", kinds.Select(static one => one.Name)));
        bool isDry = Query.Flag("dryRun", dryRun) is true,
            isPartial = Query.Flag("partial", partial) is true;
        if (!context.Caller().Rights.Covers(wanted.Rights))
            throw Access.Access.Forbidden();
        using IDisposable? place = gate.TryEnter();
        if (place is null)
        {
            RetryAfter.Tell(context.Response, Pause);
            throw new ProblemException(
                Problem.Of(StatusCodes.Status429TooManyRequests, "Another import is under way; try again after it.")
            );
        }
        return await RunAsync(new ImportRun(wanted, context), wanted, isDry, isPartial, context);
    }

    private static async Task<IResult> RunAsync(ImportRun run, IImportKind kind, bool isDry, bool isPartial, HttpContext context)
    {
        ImportFile file = new(kind.Shape, kind.Extra);
        await run.CheckAsync(file.ReadAsync(context.Request.Body, IsJson(context.Request), context.RequestAborted), context.RequestAborted);
        bool isTaken = run.IsRight || isPartial;
        // Half a file is worse than one nobody waits for: it is carried through even if the caller leaves.
        if (isTaken && !isDry)
            await run.StoreAsync(CancellationToken.None);
        return isTaken ? TypedResults.Ok(run.Tell(isTaken)) : TypedResults.UnprocessableEntity(run.Tell(isTaken));
    }

    private static bool IsJson(HttpRequest request) => request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) is true;
}
