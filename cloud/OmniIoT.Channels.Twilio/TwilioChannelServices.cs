using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Channels.Inbound;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Twilio;

public static class TwilioChannelServices
{
    /// <summary>Adds channels of the types <c>sms</c> and <c>voice</c>. What all channels share comes from others.</summary>
    public static IServiceCollection AddTwilioChannels(this IServiceCollection services) =>
        services
            .AddSingleton<IWebhookReader, SmsReader>()
            .AddSingleton<IMediaSource, SmsMedia>()
            .AddSingleton<IChannelAdapter, SmsAdapter>()
            .AddSingleton<IWebhookReader, VoiceReader>()
            .AddSingleton<IChannelAdapter, VoiceAdapter>();
}
