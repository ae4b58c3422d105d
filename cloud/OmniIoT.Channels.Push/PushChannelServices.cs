using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Channels.WebChat;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Push;

public static class PushChannelServices
{
    /// <summary>Adds channels of the type <c>push</c>. What all channels share comes from others.</summary>
    public static IServiceCollection AddPushChannel(this IServiceCollection services) =>
        services
            .AddSingleton<Vapid>()
            .AddSingleton<IPushKey>(static provider => provider.GetRequiredService<Vapid>())
            .AddSingleton<IChannelAdapter, PushAdapter>();
}
