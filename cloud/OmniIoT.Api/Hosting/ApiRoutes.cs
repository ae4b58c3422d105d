using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Api.Access;
using OmniIoT.Api.Alarms;
using OmniIoT.Api.Campaigns;
using OmniIoT.Api.Cases;
using OmniIoT.Api.Conversations;
using OmniIoT.Api.Customers;
using OmniIoT.Api.Delivery;
using OmniIoT.Api.Devices;
using OmniIoT.Api.Metrics;
using OmniIoT.Api.Models;
using OmniIoT.Api.Places;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Provisioning;
using OmniIoT.Api.Readiness;
using OmniIoT.Api.Streaming;

namespace OmniIoT.Api;

public static class ApiRoutes
{
    private const string Root = "/api/v1";

    /// <summary>Puts security headers on every answer and gives every error of the API a body. Belongs before routing.</summary>
    public static IApplicationBuilder UseOmniApi(this IApplicationBuilder app)
    {
        // Counts from now on: an exporter that is made with the first question would have missed what came before.
        app.ApplicationServices.GetRequiredService<PrometheusExporter>();
        app.Use(SecurityHeaders.AddAsync);
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api"),
            api => api.UseMiddleware<ProblemMiddleware>()
        );
        return app;
    }

    /// <summary>Maps the REST API, its description, health and metrics.</summary>
    public static void MapOmniApi(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder open = endpoints.MapGroup(Root);
        open.MapSession();
        open.MapProvision();
        RouteGroupBuilder api = endpoints
            .MapGroup(Root)
            .AddEndpointFilter<RouteGroupBuilder, AccessFilter>();
        api.MapAgents();
        api.MapModels();
        api.MapDevices();
        api.MapAlarms();
        api.MapCustomers();
        api.MapCases();
        api.MapSites();
        api.MapFences();
        api.MapBeacons();
        api.MapPresence();
        api.MapCampaigns();
        api.MapOffers();
        api.MapConversations();
        api.MapEnrollments();
        api.MapClaims();
        api.MapDeadLetters();
        api.MapStream();
        endpoints.MapHealth();
        endpoints.MapOpenApi();
    }
}
