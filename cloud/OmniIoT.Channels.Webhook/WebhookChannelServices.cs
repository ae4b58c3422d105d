using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Channels.Inbound;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Webhook;

public static class WebhookChannelServices
{
    /// <summary>Adds channels of the type <c>webhook</c>. What all channels share comes from others.</summary>
    public static IServiceCollection AddWebhookChannel(this IServiceCollection services) =>
        services.AddSingleton<IWebhookReader, WebhookReader>().AddSingleton<IChannelAdapter, WebhookAdapter>();
}
