using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Systems.Tickets;

namespace OmniIoT.Systems.Freshdesk;

public static class FreshdeskServices
{
    /// <summary>Adds integrations of the type <c>freshdesk</c>. What all integrations share comes from others.</summary>
    public static IServiceCollection AddFreshdesk(this IServiceCollection services) =>
        services.AddSingleton<ITicketSystem, FreshdeskSystem>();
}
