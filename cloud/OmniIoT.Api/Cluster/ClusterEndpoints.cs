using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Dashboard;
using OmniIoT.Api.Hosting;
using OmniIoT.Grains;
using OmniIoT.Ports.Cluster;

namespace OmniIoT.Api.Cluster;

/// <summary>The processes that run the platform.</summary>
/// <param name="Id">Names the cluster.</param>
/// <param name="Processes">Those lost within the last ten minutes, too.</param>
/// <param name="Dashboard">The path of Orleans' dashboard, for administrators; null where it is not served.</param>
internal sealed record ClusterView(string Id, IReadOnlyList<ClusterProcess> Processes, string? Dashboard);

internal static class ClusterEndpoints
{
    public static void MapCluster(this IEndpointRouteBuilder api) =>
        api.MapGet("/cluster", LookAsync)
            .WithTags("Cluster")
            .WithSummary("The processes that run the platform, and those lost within the last ten minutes.")
            .Produces<ClusterView>()
            .Fails(401);

    private static async Task<IResult> LookAsync(IClusterQueries cluster, GrainsOptions grains, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            new ClusterView(cluster.Id, await cluster.ProcessesAsync(cancellationToken), grains.Dashboard ? DashboardRoutes.Path : null)
        );
}
