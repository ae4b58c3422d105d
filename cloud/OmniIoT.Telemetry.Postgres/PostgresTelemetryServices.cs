using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Postgres;

public static class PostgresTelemetryServices
{
    /// <summary>Provides the telemetry store; it is opened on first use and closed with the container.</summary>
    public static IServiceCollection AddPostgresTelemetry(
        this IServiceCollection services,
        Func<IServiceProvider, PostgresTelemetryOptions> options
    ) =>
        services
            .AddSingleton(provider => PostgresTelemetryStore.Open(options(provider), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<ITelemetryStore>(provider => provider.GetRequiredService<PostgresTelemetryStore>())
            .AddSingleton<ILaneTelemetry>(provider => provider.GetRequiredService<PostgresTelemetryStore>());
}
