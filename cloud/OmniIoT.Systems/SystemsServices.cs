using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Commit.Delivery;
using OmniIoT.Ports.Systems;
using OmniIoT.Systems.Webhooks;

namespace OmniIoT.Systems;

public static class SystemsServices
{
    /// <summary>Adds what tells other systems of changes. Ports and grains come from others.</summary>
    public static IServiceCollection AddSystems(this IServiceCollection services, SystemsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SystemSecrets>();
        services.AddSingleton<SystemsClient>();
        services.AddSingleton<IChangeReceiver, WebhookReceiver>();
        services.AddHostedService<ChangeSender>();
        return services;
    }
}
