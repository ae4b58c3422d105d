using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OmniIoT.Commit;
using OmniIoT.Commit.Audit;
using OmniIoT.Commit.Delivery;
using OmniIoT.Commit.Live;
using OmniIoT.Commit.Telemetry;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Grains.Coordination;
using OmniIoT.Grains.Devices;
using OmniIoT.Grains.Limits;
using OmniIoT.Grains.Processes;
using OmniIoT.Grains.Provisioning;
using OmniIoT.Grains.Routing;
using OmniIoT.Grains.Silo;
using OmniIoT.Grains.Timers;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.Sessions;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Grains;

/// <summary>
/// Puts the grains into a process. Stores, gateway, <see cref="IExpulsion"/>, fence reader, <see cref="SecretSealer"/>, <see
/// cref="TimeProvider"/> and <see cref="Random"/> come from others.
/// </summary>
public static class GrainsServices
{
    /// <summary>
    /// Hosted services start in this order and stop in the opposite one: deliveries end first, the committer last.
    /// </summary>
    public static IServiceCollection AddGrains(this IServiceCollection services, GrainsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<OmniMetrics>();
        services.TryAddSingleton<BackgroundLoops>();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<PeopleNumbers>();
        services.AddSingleton<DeskReaders>();
        services.AddSingleton<EntityReaders>();
        services.AddSingleton<TurnMetrics>();
        services.AddSingleton<LocalEntities>();
        services.AddSingleton<TurnDesk>();
        services.AddSingleton<EntityPlace>();
        services.AddSingleton<EntityOutlook>();
        services.AddSingleton<EntityRuntime>();
        services.AddSingleton<TelemetryRemoval>();
        services.AddSingleton<Removals>();
        services.AddSingleton<SigningKey>();
        services.AddSingleton<Enrollments>();
        services.AddSingleton<EnrollmentKeys>();
        services.AddSingleton<Claims>();
        services.AddSingleton<EnrollmentProofs>();
        services.AddSingleton<EnrollmentPlaces>();
        services.AddSingleton<RegistrationRecords>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Provisioner>();
        services.AddSingleton<Merging>();
        services.AddSingleton<Talks>();
        services.AddSingleton<ReplyWords>();
        services.AddSingleton<DeskActions>();
        services.AddSingleton<ModelAdvice>();
        services.AddSingleton<ActionHindrances>();
        services.TryAddSingleton<IBotModel, NoBotModel>();
        services.AddSingleton<IDeskActions>(provider => provider.GetRequiredService<DeskActions>());
        services.AddSingleton<Senders>();
        services.AddSingleton<ISenders>(provider => provider.GetRequiredService<Senders>());
        services.AddSingleton<SignedLinks>();
        services.AddSingleton<ChatLinks>();
        services.AddSingleton<FileLinks>();
        services.AddSingleton<Askers>();
        services.AddSingleton<IInbox, Inbox>();
        services.AddSingleton<ICalls, Calls>();
        services.AddSingleton<IPurchases, ShopPurchases>();
        services.AddSingleton<PushSubscriptions>();
        services.AddSingleton<IPushSubscriptions>(static provider => provider.GetRequiredService<PushSubscriptions>());
        services.AddSingleton<IAttachmentStore, Attachments>();
        services.AddSingleton<ITwinQueries, TwinQueries>();
        AddHosted<Committer>(services);
        services.AddSingleton<ICommitter, RecordedCommits>();
        if (options.Cluster is not null)
            AddCluster(services);
        else
            services.AddSingleton<IDownlinkPublisher>(provider => provider.GetRequiredService<ILocalGateway>());
        services.AddSingleton<StoredFences>();
        AddHosted<CatalogKeeper>(services);
        services.AddSingleton<ICatalog>(provider => provider.GetRequiredService<CatalogKeeper>());
        AddHosted<FenceTidying>(services);
        services.AddSilo(options);
        services.AddSingleton<IProcesses, SiloProcesses>();
        services.AddSingleton<IAttempts, GrainAttempts>();
        services.AddSingleton<ILookers, GrainLookers>();
        services.AddSingleton<RemoteWatchers>();
        services.AddSingleton<LocalLoad>();
        services.AddSingleton<IClusterQueries, ClusterQueries>();
        services.AddSingleton<IGrains, SiloGrains>();
        services.AddSingleton<IIngress, GrainIngress>();
        AddHosted<ClusterWatch>(services);
        AddHosted<TelemetryMover>(services);
        if (options.Cluster is null)
            services.AddSingleton<ITelemetryBarrier>(provider => provider.GetRequiredService<TelemetryMover>());
        else
            AddTwinsAndLanes(services);
        AddHosted<Heartbeat>(services);
        AddHosted<TimeTriggers>(services);
        services.AddSingleton<RoutingPace>();
        services.AddSingleton<ChannelTypes>();
        services.AddSingleton<DeskView>();
        services.AddSingleton(provider => new AgentDesk(
            provider.GetRequiredService<IWorkQueries>(),
            provider.GetRequiredService<IGrains>(),
            provider.GetRequiredService<ChannelTypes>(),
            provider.GetRequiredService<RoutingPace>()
        ));
        AddHosted<WorkRouter>(services);
        services.AddSingleton<RetryClock>();
        services.AddSingleton<DeliveryServices>();
        AddHosted<GrainPostman>(services);
        AddHosted<OutboxDispatcher>(services);
        return services;
    }

    /// <summary>What more than one process needs; stores and <c>IMembershipTable</c> come from others.</summary>
    private static void AddCluster(IServiceCollection services)
    {
        services.AddSingleton<IDownlinkPublisher, ClusterDownlinks>();
        services.AddSingleton<ISessionPeers, SessionPeers>();
        services.AddSingleton<SiloReachability>();
        AddHosted<ChangePoller>(services);
        AddHosted<CatalogFollower>(services);
    }

    /// <summary>What asks the other processes, and so starts behind the silo.</summary>
    private static void AddTwinsAndLanes(IServiceCollection services)
    {
        AddHosted<TwinWatch>(services);
        services.AddSingleton<IDistantTwins>(provider => provider.GetRequiredService<TwinWatch>());
        AddHosted<ClockWatch>(services);
        AddHosted<DeliveryCalls>(services);
        AddHosted<LaneHeir>(services);
        services.AddSingleton<ITelemetryBarrier>(provider => provider.GetRequiredService<LaneHeir>());
    }

    private static void AddHosted<T>(IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
