using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Influx;

public static class InfluxTelemetryServices
{
    /// <summary>Provides the telemetry store; it asks nothing of the server before it is used, and is closed with the container.</summary>
    public static IServiceCollection AddInfluxTelemetry(
        this IServiceCollection services,
        Func<IServiceProvider, InfluxTelemetryOptions> options
    ) =>
        services
            .AddSingleton(provider => new InfluxTelemetryStore(
                options(provider),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<InfluxTelemetryStore>>()
            ))
            .AddSingleton<ITelemetryStore>(provider => provider.GetRequiredService<InfluxTelemetryStore>())
            .AddSingleton<ILaneTelemetry>(provider => provider.GetRequiredService<InfluxTelemetryStore>());
}
