using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Dialects.AzureIotHub;

namespace OmniIoT.Gateway.Hosting;

/// <summary>Lets devices with an Azure IoT SDK connect to the gateway as they would to an IoT hub.</summary>
public static class AzureIotHubServices
{
    /// <summary>Where such devices open a WebSocket, with the sub-protocol <c>mqtt</c>.</summary>
    public const string WebSocketPath = "/$iothub/websocket";

    /// <summary>The host provides <c>ICredentialStore</c>, <c>SecretSealer</c>, <c>ITwinQueries</c> and <c>IGrains</c>.</summary>
    public static IServiceCollection AddAzureIotHub(this IServiceCollection services) =>
        services
            .AddSingleton<HubSignIn>()
            .AddSingleton<TwinRequests>()
            .AddSingleton<MethodsOnHold>()
            .AddSingleton<IDialect, AzureIotHubDialect>();
}
