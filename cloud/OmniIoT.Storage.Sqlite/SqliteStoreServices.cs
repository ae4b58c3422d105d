using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OmniIoT.Ports.Damage;

namespace OmniIoT.Storage.Sqlite;

public static class SqliteStoreServices
{
    /// <summary>Provides every port of storage but telemetry; the store is opened on first use and closed with the container.</summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, SqliteStoreOptions options) =>
        services
            .AddSingleton(provider =>
                SqliteStore.Open(
                    options,
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetService<ILogger<SqliteStore>>(),
                    provider.GetService<KnownDamage>()
                )
            )
            .AddPort(store => store.Commits)
            .AddPort(store => store.Sequences)
            .AddPort(store => store.Grains)
            .AddPort(store => store.Mail)
            .AddPort(store => store.Credentials)
            .AddPort(store => store.Sealer)
            .AddPort(store => store.StagedTelemetry)
            .AddPort(store => store.Changes)
            .AddPort(store => store.Devices)
            .AddPort(store => store.Alarms)
            .AddPort(store => store.Bounds)
            .AddPort(store => store.Cases)
            .AddPort(store => store.Work)
            .AddPort(store => store.Timeline)
            .AddPort(store => store.Customers)
            .AddPort(store => store.Campaigns)
            .AddPort(store => store.Conversations)
            .AddPort(store => store.CallBacks)
            .AddPort(store => store.ChangeDeliveries)
            .AddPort(store => store.Surveys)
            .AddPort(store => store.Figures)
            .AddPort(store => store.OutgoingMessages)
            .AddPort(store => store.Attachments)
            .AddPort(store => store.DeadLetters)
            .AddPort(store => store.Documents)
            .AddPort(store => store.Search)
            .AddPort(store => store.FenceLog)
            .AddPort(store => store.Outbox)
            .AddPort(store => store.Sessions)
            .AddPort(store => store.Provisioning)
            .AddPort(store => store.Audit)
            .AddPort(store => store.AuditTrail);

    private static IServiceCollection AddPort<TPort>(this IServiceCollection services, Func<SqliteStore, TPort> port)
        where TPort : class => services.AddSingleton(provider => port(provider.GetRequiredService<SqliteStore>()));
}
