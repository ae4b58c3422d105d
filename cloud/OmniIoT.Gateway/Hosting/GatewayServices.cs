using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OmniIoT.Gateway.Listening;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.WebSockets;
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
        services.AddSingleton(options);
        services.AddSingleton<GatewayCore>();
        services.AddSingleton(provider => new MqttConnectionHandler(provider.GetRequiredService<GatewayCore>()));
        services.AddSingleton(provider => new GatewayState(provider.GetRequiredService<GatewayCore>()));
        services.AddSingleton<ILocalGateway>(provider => new LocalGateway(provider.GetRequiredService<GatewayCore>()));
        services.AddSingleton<IHostedService>(provider => new MqttGatewayService(provider.GetRequiredService<GatewayCore>()));
        return services;
    }

    /// <summary>Listens for MQTT over TCP once sessions are loaded; goes behind <see cref="AddMqttGateway"/>.</summary>
    public static IServiceCollection AddMqttEndpoint(this IServiceCollection services, MqttEndpoint endpoint)
    {
        services.AddSingleton(endpoint);
        services.AddSingleton<IHostedService>(provider => new MqttTcpListener(provider.GetRequiredService<GatewayCore>(), endpoint));
        return services;
    }

    /// <summary>
    /// MQTT over WebSocket with the sub-protocol <c>mqtt</c>. The application needs <c>UseWebSockets()</c>.
    /// </summary>
    public static IEndpointConventionBuilder MapMqttWebSocket(this IEndpointRouteBuilder endpoints, string pattern)
    {
        GatewayCore gateway = endpoints.ServiceProvider.GetRequiredService<GatewayCore>();
        return endpoints.Map(pattern, context => MqttWebSocket.AcceptAsync(context, gateway));
    }
}
