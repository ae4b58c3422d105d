using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Systems.Tickets;

namespace OmniIoT.Systems.Zendesk;

public static class ZendeskServices
{
    /// <summary>Adds integrations of the type <c>zendesk</c>. What all integrations share comes from others.</summary>
    public static IServiceCollection AddZendesk(this IServiceCollection services) => services.AddSingleton<ITicketSystem, ZendeskSystem>();
}
