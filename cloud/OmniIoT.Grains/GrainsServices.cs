using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OmniIoT.Commit;
using OmniIoT.Commit.Delivery;
using OmniIoT.Commit.Live;
using OmniIoT.Commit.Telemetry;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Grains.Coordination;
using OmniIoT.Grains.Devices;
using OmniIoT.Grains.Provisioning;
using OmniIoT.Grains.Silo;
using OmniIoT.Grains.Timers;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Grains;

/// <summary>Puts the grains into a process. Stores, gateway, fence reader, <see cref="SecretSealer"/>, <see cref="TimeProvider"/> and <see cref="Random"/> come from others.</summary>
public static class GrainsServices
{
    /// <summary>
    /// Hosted services start in this order and stop in the opposite one: deliveries end first, the committer last.
    /// </summary>
    public static IServiceCollection AddGrains(
        this IServiceCollection services,
        GrainsOptions options
    )
    {
        services.AddSingleton(options);
        services.AddSingleton<OmniMetrics>();
        services.TryAddSingleton<BackgroundLoops>();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<IdGenerator>();
        services.AddSingleton(provider => new Incarnation(
            provider.GetRequiredService<IdGenerator>().Next()
        ));
        services.AddSingleton<CaseNumbers>();
        services.AddSingleton<EntityReaders>();
        services.AddSingleton<TurnMetrics>();
        services.AddSingleton<LocalEntities>();
        services.AddSingleton<EntityRuntime>();
        services.AddSingleton<Removals>();
        services.AddSingleton<SigningKey>();
        services.AddSingleton<Enrollments>();
        services.AddSingleton<EnrollmentKeys>();
        services.AddSingleton<Claims>();
        services.AddSingleton<Provisioner>();
        services.AddSingleton<Merging>();
        services.AddSingleton<ITwinQueries, TwinQueries>();
        AddHosted<Committer>(services);
        services.AddSingleton<ICommitter>(provider => provider.GetRequiredService<Committer>());
        AddHosted<CatalogKeeper>(services);
        services.AddSingleton<ICatalog>(provider => provider.GetRequiredService<CatalogKeeper>());
        services.AddEmbeddedSilo(options);
        services.AddSingleton<IGrains, SiloGrains>();
        services.AddSingleton<IIngress, GrainIngress>();
        AddHosted<TelemetryMover>(services);
        services.AddSingleton<ITelemetryBarrier>(provider =>
            provider.GetRequiredService<TelemetryMover>()
        );
        AddHosted<Heartbeat>(services);
        services.AddSingleton<DeliveryServices>();
        AddHosted<GrainPostman>(services);
        AddHosted<OutboxDispatcher>(services);
        return services;
    }

    private static void AddHosted<T>(IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
