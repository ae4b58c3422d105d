using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Channels.Inbound;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Meta;

public static class MetaChannelServices
{
    /// <summary>Adds channels of the types <c>whatsapp</c> and <c>messenger</c>. What all channels share comes from others.</summary>
    public static IServiceCollection AddMetaChannels(this IServiceCollection services) =>
        services
            .AddSingleton<IWebhookReader, WhatsAppReader>()
            .AddSingleton<IWebhookReader, MessengerReader>()
            .AddSingleton<IMediaSource, WhatsAppMedia>()
            .AddSingleton<IMediaSource, MessengerMedia>()
            .AddSingleton<IChannelAdapter, WhatsAppAdapter>()
            .AddSingleton<IChannelAdapter, MessengerAdapter>();
}
