using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Metrics;

namespace OmniIoT.Api.Readiness;

/// <summary>Something that must be well before the process can do its work.</summary>
/// <param name="Name">Such as <c>storage</c>.</param>
/// <param name="Probe">Null when it is well, else why not.</param>
public sealed record ReadinessCheck(string Name, Func<CancellationToken, ValueTask<string?>> Probe);

/// <summary>How the process is.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Reasons">What is not well, and why.</param>
public sealed record HealthView(string Status, IReadOnlyDictionary<string, string> Reasons);

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => TypedResults.Ok(new HealthView("ok", new Dictionary<string, string>())))
            .WithTags("Health").WithSummary("The process is alive.");
        endpoints.MapGet("/readyz", CheckAsync).WithTags("Health").WithSummary("Storage can be written and the gateway listens.")
            .Produces<HealthView>().Produces<HealthView>(503);
        endpoints.MapGet("/metrics", (PrometheusExporter exporter) => TypedResults.Text(exporter.Write(), PrometheusText.MediaType))
            .WithTags("Health").WithSummary("What the platform counts, as Prometheus text.").Produces<string>(200, "text/plain");
    }

    private static async Task<IResult> CheckAsync(IEnumerable<ReadinessCheck> checks, CancellationToken cancellationToken)
    {
        Dictionary<string, string> reasons = [];
        foreach (ReadinessCheck check in checks)
        {
            if (await check.Probe(cancellationToken) is { } reason) reasons[check.Name] = reason;
        }
        return reasons.Count == 0
            ? TypedResults.Ok(new HealthView("ok", reasons))
            : TypedResults.Json(new HealthView("unavailable", reasons), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
