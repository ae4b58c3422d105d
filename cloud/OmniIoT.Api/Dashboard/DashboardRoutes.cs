using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Api.Audit;
using OmniIoT.Grains;
using Orleans.Dashboard;

namespace OmniIoT.Api.Dashboard;

/// <summary>Orleans' own view of its silos: grains, calls, time.</summary>
internal static class DashboardRoutes
{
    public const string Path = "/orleans";

    public static void MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        if (!endpoints.ServiceProvider.GetRequiredService<GrainsOptions>().Dashboard)
            return;
        endpoints
            .MapOrleansDashboard(Path)
            .AddEndpointFilter<RouteGroupBuilder, RecordFilter>()
            .AddEndpointFilter<RouteGroupBuilder, DashboardAccess>()
            .AddEndpointFilter<RouteGroupBuilder, DashboardSubjects>()
            .ExcludeFromDescription();
    }
}
