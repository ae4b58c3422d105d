using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Dialects.Sparkplug;
using OmniIoT.Gateway.Handlers;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Listening;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Security;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Gateway.WebSockets;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Gateway.Hosting;

/// <summary>Wires the gateway into a host.</summary>
public static class GatewayServices
{
    /// <summary>
    /// Registers the gateway, its <see cref="ILocalGateway"/> and its hosted service. The host provides
    /// <see cref="IIngress"/>, <c>IProcesses</c>, <c>IAttempts</c>, <c>ICommitter</c>, <c>ICredentialStore</c> and <c>ISessionStore</c>,
    /// in a cluster
    /// <c>ISharedSessions</c> and <c>ISessionPeers</c> as well.
    /// </summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every mistake.</exception>
    public static IServiceCollection AddMqttGateway(this IServiceCollection services, MqttGatewayOptions options)
    {
        IReadOnlyList<string> mistakes = options.Validate();
        if (mistakes.Count > 0)
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<OmniMetrics>();
        services.TryAddSingleton<BackgroundLoops>();
        services.TryAddSingleton<Records>();
        services.TryAddSingleton<RecordedRefusals>();
        services.AddSingleton(options);
        AddFoundations(services);
        AddSessions(services);
        AddConnections(services);
        services.AddSingleton(provider => new GatewayState(
            provider.GetRequiredService<GatewayLifecycle>(),
            provider.GetRequiredService<GatewayCounters>()
        ));
        services.AddSingleton<DownlinkHandOver>();
        services.AddSingleton<ILocalGateway, LocalGateway>();
        services.AddSingleton<TimeoutSweep>();
        services.AddSingleton<GatewayRestoring>();
        services.AddHostedService<MqttGatewayService>();
        return services;
    }

    /// <summary>Listens for MQTT over TCP once sessions are loaded; goes behind <see cref="AddMqttGateway"/>.</summary>
    public static IServiceCollection AddMqttEndpoint(this IServiceCollection services, MqttEndpoint endpoint)
    {
        services.AddSingleton(endpoint);
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<MqttTcpListener>(provider, endpoint));
        return services;
    }

    /// <summary>
    /// MQTT over WebSocket with the sub-protocol <c>mqtt</c>. The application needs <c>UseWebSockets()</c>.
    /// </summary>
    public static IEndpointConventionBuilder MapMqttWebSocket(this IEndpointRouteBuilder endpoints, string pattern) =>
        endpoints.Map(pattern, endpoints.ServiceProvider.GetRequiredService<MqttWebSocket>().AcceptAsync);

    // What reads, decides and writes for everybody; knows no session and no connection.
    private static void AddFoundations(IServiceCollection services) =>
        services
            .AddSingleton<GatewayLifecycle>()
            .AddSingleton<GatewayCounters>()
            .AddSingleton<BackgroundWork>()
            .AddSingleton<SessionCommits>()
            .AddSingleton<BatchPool>()
            .AddSingleton<BatchSubmitter>()
            .AddSingleton<Router>()
            .AddSingleton<OwnWords>()
            .AddSingleton<LinkParts>()
            .AddSingleton<DialectRegistry>();

    private static void AddSessions(IServiceCollection services) =>
        services
            .AddSingleton<SessionStorage>()
            .AddSingleton<SessionParts>()
            .AddSingleton<ScopeRegistry>()
            .AddSingleton<RetainedStorage>()
            .AddSingleton<WillPublisher>()
            .AddSingleton<GrainNotices>()
            .AddSingleton<SessionRegistry>();

    private static void AddConnections(IServiceCollection services) =>
        services
            .AddSingleton<CertificateSignIn>()
            .AddSingleton<RefusedSignIns>()
            .AddSingleton<ConnectAuthenticator>()
            .AddSingleton<ConnectHandler>()
            .AddSingleton<PublishHandler>()
            .AddSingleton<SubscribeHandler>()
            .AddSingleton<UnsubscribeHandler>()
            .AddSingleton<DisconnectHandler>()
            .AddSingleton<AcknowledgementWork>()
            .AddSingleton<PacketHandlers>()
            .AddSingleton<ConnectionParts>()
            .AddSingleton<ConnectionRegistry>()
            .AddSingleton<ConnectionTimeouts>()
            .AddSingleton<ConnectionRunner>()
            .AddSingleton<MqttWebSocket>()
            .AddSingleton(provider => new MqttConnectionHandler(provider.GetRequiredService<ConnectionRunner>()));
}
