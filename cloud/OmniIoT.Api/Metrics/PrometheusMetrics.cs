using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Ports.Metrics;
using OpenTelemetry.Metrics;

namespace OmniIoT.Api.Metrics;

/// <summary>What the platform's meter measures, as Prometheus text at <c>/metrics</c>.</summary>
internal static partial class PrometheusMetrics
{
    public static IServiceCollection AddPrometheusMetrics(this IServiceCollection services)
    {
        services.AddSingleton<ProcessMetrics>();
        services.ConfigureOpenTelemetryMeterProvider(CountOwnOnly);
        services
            .AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(OmniMetrics.MeterName, ProcessMetrics.MeterName)
                    .AddPrometheusExporter(exporter =>
                    {
                        // Names and labels are ours alone.
                        exporter.ScopeInfoEnabled = false;
                        exporter.TargetInfoEnabled = false;
                        // Who asks twice wants to know what changed in between.
                        exporter.ScrapeResponseCacheDurationMilliseconds = 0;
                    })
            );
        return services;
    }

    /// <summary>Counts from now on: a provider that is made with the first question would have missed what came before.</summary>
    public static void BeginCounting(this IServiceProvider services)
    {
        services.GetRequiredService<MeterProvider>();
        KnownSeries.Show(services.GetRequiredService<OmniMetrics>());
    }

    public static RouteHandlerBuilder MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        RequestDelegate scrape = endpoints.CreateApplicationBuilder().UseOpenTelemetryPrometheusScrapingEndpoint(static _ => true).Build();
        return endpoints
            .MapGet(
                "/metrics",
                (HttpContext context, CancellationToken cancellationToken) => AnswerAsync(context, scrape, cancellationToken)
            )
            .WithTags("Health")
            .WithSummary("What the platform counts, as Prometheus text.")
            .Produces<string>(200, "text/plain");
    }

    /// <summary>
    /// Another host in this process has meters of the same names: what it counts would be added, and when it ends, all series of these
    /// names would go with it.
    /// </summary>
    private static void CountOwnOnly(IServiceProvider services, MeterProviderBuilder metrics)
    {
        OmniMetrics platform = services.GetRequiredService<OmniMetrics>();
        ProcessMetrics process = services.GetRequiredService<ProcessMetrics>();
        metrics.AddView(instrument => platform.Has(instrument) || process.Has(instrument) ? null : MetricStreamConfiguration.Drop);
    }

    /// <summary>
    /// In the one format that names everything as it is named here: OpenMetrics has series of its own, and writes bounds otherwise.
    /// </summary>
    private static async Task AnswerAsync(HttpContext context, RequestDelegate scrape, CancellationToken cancellationToken)
    {
        Stream body = context.Response.Body;
        using MemoryStream scraped = new();
        context.Request.Headers.Accept = default;
        context.Request.Headers.AcceptEncoding = default;
        context.Response.Body = scraped;
        await scrape(context);
        context.Response.Body = body;
        string text = Encoding.UTF8.GetString(scraped.GetBuffer(), 0, (int)scraped.Length);
        await context.Response.WriteAsync(NoLabels().Replace(text, "$1"), cancellationToken);
    }

    /// <summary>The exporter writes braces around no labels, which those who read line by line do not expect.</summary>
    [GeneratedRegex(@"^(\w+)\{\}", RegexOptions.Multiline)]
    private static partial Regex NoLabels();
}
