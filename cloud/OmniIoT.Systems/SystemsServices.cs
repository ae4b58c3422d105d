using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Commit.Delivery;
using OmniIoT.Ports.Systems;
using OmniIoT.Systems.Tickets;
using OmniIoT.Systems.Webhooks;

namespace OmniIoT.Systems;

public static class SystemsServices
{
    /// <summary>Adds what tells other systems of changes, and what all help desks share. Ports and grains come from others.</summary>
    public static IServiceCollection AddSystems(this IServiceCollection services, SystemsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SystemsClient>();
        services.AddSingleton<IChangeReceiver, WebhookReceiver>();
        services.AddSingleton<TicketLinks>();
        services.AddSingleton<DeskReading>();
        services.AddSingleton<TicketDesk>();
        services.AddSingleton<CaseGates>();
        services.AddSingleton<TicketAgreeing>();
        services.AddSingleton<TicketFinding>();
        services.AddSingleton<TicketSending>();
        services.AddSingleton<TicketBeginning>();
        services.AddSingleton<TicketTaking>();
        services.AddSingleton<TicketReading>();
        services.AddSingleton<IChangeReceiver, IntegrationReceiver>();
        services.AddSingleton<IntegrationCalls>();
        services.AddHostedService<ChangeSender>();
        services.AddHostedService<IntegrationPoller>();
        return services;
    }

    /// <summary>Maps what help desks call.</summary>
    public static void MapSystemCalls(this IEndpointRouteBuilder endpoints) =>
        endpoints
            .MapPost(
                "/api/v1/integrations/{id}/inbound",
                (HttpContext context, string id, IntegrationCalls calls) => calls.AnswerAsync(context, id)
            )
            .ExcludeFromDescription();
}
