using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Ports.Damage;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Sqlite;

public static class SqliteTelemetryServices
{
    /// <summary>Provides <see cref="ITelemetryStore"/>, opened on first use and closed with the container.</summary>
    public static IServiceCollection AddSqliteTelemetry(this IServiceCollection services, SqliteTelemetryOptions options) =>
        services
            .AddSingleton(provider =>
                SqliteTelemetryStore.Open(options, provider.GetRequiredService<TimeProvider>(), provider.GetService<KnownDamage>())
            )
            .AddSingleton<ITelemetryStore>(provider => provider.GetRequiredService<SqliteTelemetryStore>());
}
