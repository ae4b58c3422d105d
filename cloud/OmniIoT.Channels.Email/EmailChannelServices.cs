using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Channels.Email.Polling;
using OmniIoT.Channels.Inbound;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Email;

public static class EmailChannelServices
{
    /// <summary>Adds channels of the type <c>email</c>. What all channels share comes from others.</summary>
    public static IServiceCollection AddEmailChannel(this IServiceCollection services) =>
        services
            .AddSingleton<IWebhookReader, EmailReader>()
            .AddSingleton<IChannelAdapter, EmailAdapter>()
            .AddSingleton<MailTaker>()
            .AddSingleton<MailboxTroubles>()
            .AddSingleton<MailboxServices>()
            .AddHostedService<MailboxPoller>();
}
