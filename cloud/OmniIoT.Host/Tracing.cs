using OmniIoT.Ports.Tracing;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OmniIoT.Host;

/// <summary>Traces of messages and of API calls go to an OTLP collector, when one is named; without, no span is made.</summary>
internal static class Tracing
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTracing(this WebApplicationBuilder builder, HostSettings settings)
    {
        if (settings.TracingEndpoint is not { } endpoint)
            return;
        builder.Configuration[EndpointKey] = endpoint.ToString();
        builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] ??= "http/protobuf";
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("omniiot").AddEnvironmentVariableDetector())
            .WithTracing(static tracing =>
                tracing
                    .AddSource(OmniTracing.SourceName)
                    // Pages, questions for health and MQTT over WebSockets are no calls with an end worth a span.
                    .AddAspNetCoreInstrumentation(http => http.Filter = context => context.Request.Path.StartsWithSegments("/api"))
                    .AddOtlpExporter()
            );
    }
}
