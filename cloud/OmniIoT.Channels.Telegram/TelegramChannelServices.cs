using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Channels.Inbound;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Telegram;

public static class TelegramChannelServices
{
    /// <summary>Adds channels of the type <c>telegram</c>. What all channels share comes from others.</summary>
    public static IServiceCollection AddTelegramChannel(this IServiceCollection services) =>
        services
            .AddSingleton<IWebhookReader, TelegramReader>()
            .AddSingleton<IMediaSource, TelegramMedia>()
            .AddSingleton<IChannelAdapter, TelegramAdapter>();
}
