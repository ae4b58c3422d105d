using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OmniIoT.Domain;
using OmniIoT.Grains.Processes;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Statistics;

namespace OmniIoT.Grains.Silo;

/// <summary>Runs a silo of Orleans in this process.</summary>
internal static class SiloServices
{
    /// <summary>One for all clusters: what tells them apart is their id.</summary>
    private const string ServiceId = "omniiot";

    public static IServiceCollection AddSilo(this IServiceCollection services, GrainsOptions options) =>
        services.AddOrleans(silo =>
        {
            if (options.Cluster is { } cluster)
                Join(silo, cluster);
            else
                StayAlone(silo);
            silo.Configure<GrainCollectionOptions>(collection =>
            {
                collection.CollectionAge = options.IdleAfter;
                collection.CollectionQuantum = options.IdleAfter / 10;
            });
            silo.AddPlacementDirector<ProcessPlacement>(static _ => new ProcessPlacementDirector());
            silo.AddIncomingGrainCallFilter<RemoteCalls>();
            silo.AddOutgoingGrainCallFilter<RemoteCalls>();
            if (options.Dashboard)
                AddDashboard(silo);
            else
                LeaveDashboardToOthers(silo);
            silo.Services.AddSingleton<IFatalErrorHandler, FatalErrors>();
            if (options.Cluster is null && !options.Dashboard)
                silo.Services.AddSingleton<IEnvironmentStatisticsProvider, NoStatistics>();
            silo.Services.AddSingleton<IGeneralizedCopier, SharedRecords>();
            silo.Services.AddSerializer(serializer =>
                serializer.AddJsonSerializer(
                    SharedRecords.Contains,
                    isCopyable: static _ => false,
                    codec => codec.Configure(json => json.SerializerOptions = OmniJson.Options)
                )
            );
        });

    /// <summary>Without its stream of the log, which would outlast its reader's rights and hold up the stop.</summary>
    private static void AddDashboard(ISiloBuilder silo) => silo.AddDashboard(static dashboard => dashboard.HideTrace = true);

    /// <summary>Its grains are found in its assembly, and would be placed here by a process that has the dashboard.</summary>
    private static void LeaveDashboardToOthers(ISiloBuilder silo) =>
        silo.Configure<GrainTypeOptions>(static grains =>
            grains.Classes.RemoveWhere(static type => type.Assembly == typeof(DashboardOptions).Assembly)
        );

    /// <summary>All grains are here: there are no other silos' addresses to remember, and by default there is room for a million.</summary>
    private static void StayAlone(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(FreePort(IPAddress.Loopback), gatewayPort: 0);
        silo.Configure<GrainDirectoryOptions>(static directory =>
        {
            directory.CachingStrategy = GrainDirectoryOptions.CachingStrategyType.None;
            directory.CacheSize = 1000;
        });
        // By default each second: for whoever is placed by the load of others, and to tell of calls that hang.
        silo.Configure<DeploymentLoadPublisherOptions>(static load => load.DeploymentLoadPublisherRefreshTime = TimeSpan.FromMinutes(1));
        silo.Configure<SiloMessagingOptions>(static messaging => messaging.GrainWorkloadAnalysisPeriod = TimeSpan.FromSeconds(10));
        silo.Services.AddKeyedSingleton<TimeProvider>(
            TimeProviderNames.Membership,
            static (provider, _) => new TimeOfOneMember(provider.GetRequiredService<TimeProvider>())
        );
    }

    /// <summary>
    /// A killed process is noticed within 3 s: a connection that breaks is looked after at once, and three probes in vain are enough. One
    /// that hangs keeps its connections: it is given up after 3 probes of 2 s at most, by two others where there are two.
    /// </summary>
    private static void Join(ISiloBuilder silo, ClusterOptions cluster)
    {
        int port = cluster.Listen.Port == 0 ? FreePort(cluster.Listen.Address) : cluster.Listen.Port;
        silo.Configure<Orleans.Configuration.ClusterOptions>(ids => (ids.ClusterId, ids.ServiceId) = (cluster.Id, ServiceId));
        silo.Configure<EndpointOptions>(endpoints =>
        {
            (endpoints.AdvertisedIPAddress, endpoints.SiloPort, endpoints.GatewayPort) = (cluster.Advertise, port, 0);
            endpoints.SiloListeningEndpoint = new IPEndPoint(cluster.Listen.Address, port);
        });
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(2);
            membership.NumMissedProbesLimit = 3;
            membership.NumVotesForDeathDeclaration = 2;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);
            membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });
    }

    /// <summary>
    /// One that nobody has, and below those that the system gives to connections that go out: until the silo takes it, such a connection
    /// might, and the start would fail.
    /// </summary>
    private static int FreePort(IPAddress address)
    {
        const int Lowest = 10_000;
        const int Beyond = 32_768;
        while (true)
        {
            using Socket probe = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            int port = RandomNumberGenerator.GetInt32(Lowest, Beyond);
            try
            {
                probe.Bind(new IPEndPoint(address, port));
                return port;
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                // Another.
            }
        }
    }
}
