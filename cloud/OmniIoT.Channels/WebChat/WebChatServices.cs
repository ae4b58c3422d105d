using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OmniIoT.Commit.Live;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.WebChat;

public static class WebChatServices
{
    /// <summary>Adds the web chat. Ports and grains come from others.</summary>
    public static IServiceCollection AddWebChat(this IServiceCollection services)
    {
        services.TryAddSingleton<SigningKey>();
        services.TryAddSingleton<SignedLinks>();
        services.TryAddSingleton<ChatLinks>();
        services.TryAddSingleton<ChangeFeed>();
        services.TryAddSingleton<Records>();
        services.TryAddSingleton<RecordedRefusals>();
        services.AddSingleton<RecordedVisitors>();
        services.AddSingleton<VisitorTokens>();
        services.AddSingleton<VisitorRegistration>();
        services.AddSingleton<VisitorQuotas>();
        services.AddSingleton<PushCalls>();
        services.AddSingleton<ChatStreams>();
        services.AddSingleton<ChatHistoryReader>();
        return services;
    }

    /// <summary>Maps the chat's page at <c>/chat</c>, the script that embeds it at <c>/chat/widget.js</c>, and what they call.</summary>
    public static void MapWebChat(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder chat = endpoints.MapGroup("/chat").ExcludeFromDescription();
        chat.MapFiles();
        chat.MapCalls();
        // The token goes on behind the number sign, which no server and no log of one sees.
        endpoints
            .MapGet("/c/{token}", (string token) => TypedResults.Redirect("/chat#link=" + Uri.EscapeDataString(token)))
            .ExcludeFromDescription();
    }
}
