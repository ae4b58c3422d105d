using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Keys;
using OmniIoT.Api.Access.OpenId;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.SecondFactor;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Alarms;
using OmniIoT.Api.Answers;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Calls;
using OmniIoT.Api.Campaigns;
using OmniIoT.Api.Cases;
using OmniIoT.Api.Channels;
using OmniIoT.Api.Cluster;
using OmniIoT.Api.Conversations;
using OmniIoT.Api.Customers;
using OmniIoT.Api.Dashboard;
using OmniIoT.Api.Delivery;
using OmniIoT.Api.Desk;
using OmniIoT.Api.Devices;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Help;
using OmniIoT.Api.Imports;
using OmniIoT.Api.Metrics;
using OmniIoT.Api.Models;
using OmniIoT.Api.Places;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Provisioning;
using OmniIoT.Api.Purchases;
using OmniIoT.Api.Readiness;
using OmniIoT.Api.Reports;
using OmniIoT.Api.Requests;
using OmniIoT.Api.Searching;
using OmniIoT.Api.Streaming;
using OmniIoT.Api.Systems;
using OmniIoT.Api.Voice;

namespace OmniIoT.Api.Hosting;

public static class ApiRoutes
{
    private const string Root = "/api/v1";

    private static readonly PathString[] Answering = ["/api", DashboardRoutes.Path, "/metrics", "/openapi"];

    /// <summary>Puts security headers on every answer and gives every error of the API a body. Belongs before routing.</summary>
    public static IApplicationBuilder UseOmniApi(this IApplicationBuilder app)
    {
        app.ApplicationServices.BeginCounting();
        app.Use(SecurityHeaders.AddAsync);
        app.UseWhen(AnswersProblems, api => api.UseMiddleware<ProblemMiddleware>());
        app.UseOidc();
        return app;
    }

    private static bool AnswersProblems(HttpContext context) => Answering.Any(path => context.Request.Path.StartsWithSegments(path));

    private static void Close<TBuilder>(TBuilder endpoint, bool unless)
        where TBuilder : IEndpointConventionBuilder
    {
        if (!unless)
            endpoint
                .AddEndpointFilter<TBuilder, RecordFilter>()
                .AddEndpointFilter<TBuilder, AccessFilter>()
                .WithMetadata(CallRights.Administration);
    }

    /// <summary>Maps the REST API, its description, health and metrics, and Orleans' dashboard where it is wanted.</summary>
    public static void MapOmniApi(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder open = endpoints.MapGroup(Root).RefuseUnknownQuery();
        open.MapSession();
        open.MapOidc();
        open.MapProvision();
        RouteGroupBuilder api = endpoints
            .MapGroup(Root)
            .AddEndpointFilter<RouteGroupBuilder, RecordFilter>()
            .AskForRights(Root)
            .RefuseUnknownQuery();
        api.MapSignOut();
        api.MapMe();
        api.MapTotp();
        api.MapAgents();
        api.MapAgentSessions();
        api.MapRoles();
        api.MapApiKeys();
        api.MapAudit();
        api.MapModels();
        api.MapDevices();
        api.MapMqttAddress();
        api.MapAlarms();
        api.MapCustomers();
        api.MapPurchases();
        api.MapImports();
        api.MapCases();
        api.MapDeskDocuments();
        api.MapAutomation();
        api.MapArticles();
        api.MapBots();
        api.MapFlows();
        api.MapCallBacks();
        api.MapVoice();
        api.MapReports();
        api.MapAgentPresence();
        api.MapMyDesk();
        api.MapSites();
        api.MapFences();
        api.MapFenceFiles();
        api.MapBeacons();
        api.MapPresence();
        api.MapNames();
        api.MapSearch();
        api.MapCampaigns();
        api.MapOffers();
        api.MapConversations();
        api.MapChannels();
        api.MapWebhooks();
        api.MapIntegrations();
        api.MapAttachments();
        api.MapEnrollments();
        api.MapClaims();
        api.MapDeadLetters();
        api.MapCluster();
        api.MapStream();
        endpoints.MapHelp();
        endpoints.MapSurveyPage();
        endpoints.MapFileLinks();
        endpoints.MapHealth();
        ApiOptions options = endpoints.ServiceProvider.GetRequiredService<ApiOptions>();
        Close(endpoints.MapMetrics(), unless: options.PublicMetrics);
        Close(endpoints.MapOpenApi(), unless: options.PublicDescription);
        endpoints.MapDashboard();
    }
}
