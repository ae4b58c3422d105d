using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels;

public static class ChannelServices
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Adds what all channels share. Ports, grains and the types of channels come from others.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services, ChannelOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<ProviderClient>();
        services.AddSingleton<MediaFetcher>();
        services.AddSingleton<InboundTaker>();
        services.AddSingleton<ChannelCalls>();
        services.AddHostedService<ChannelSender>();
        return services;
    }

    /// <summary>Maps what providers call.</summary>
    public static void MapChannelCalls(this IEndpointRouteBuilder endpoints)
    {
        foreach (
            string part in new[]
            {
                WebhookCall.Inbound,
                WebhookCall.Status,
                WebhookCall.Purchases,
                WebhookCall.Voice,
                WebhookCall.VoiceStatus,
            }
        )
            endpoints
                .MapMethods(
                    $"/api/v1/channels/{{id}}/{part}",
                    Methods,
                    (HttpContext context, string id, ChannelCalls calls) => calls.AnswerAsync(context, id, part)
                )
                .ExcludeFromDescription();
    }
}
