using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OmniIoT.Api.Readiness;

/// <summary>How the process is.</summary>
/// <param name="Status">Always <c>ok</c>: a process that is not does not answer.</param>
public sealed record HealthView(string Status);

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => TypedResults.Ok(new HealthView("ok"))).WithTags("Health").WithSummary("The process is alive.");
        endpoints
            .MapGet("/readyz", CheckAsync)
            .WithTags("Health")
            .WithSummary("Storage can be written, the gateway listens, and all that goes on in the background does.")
            .Produces<ReadinessView>()
            .Produces<ReadinessView>(503);
    }

    private static async Task<IResult> CheckAsync(ReadinessProbe readiness, CancellationToken cancellationToken)
    {
        ReadinessView view = await readiness.LookAsync(cancellationToken);
        return TypedResults.Json(
            view,
            statusCode: view.Status == ReadinessView.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }
}
