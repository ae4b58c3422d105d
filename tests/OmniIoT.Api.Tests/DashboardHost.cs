using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Runtime;

namespace OmniIoT.Api.Tests;

/// <summary>A host with Orleans' dashboard.</summary>
public sealed class DashboardHost : IAsyncLifetime
{
    public RunningHost Host { get; } = new(static settings => settings with { Dashboard = true });

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>The dashboard's grains that the host's silo offers to run, for any process of its cluster.</summary>
    public static IEnumerable<string> GrainsOf(RunningHost host) =>
        host
            .Services.GetRequiredService<IClusterManifestProvider>()
            .LocalGrainManifest.Grains.Values.Select(grain => grain.Properties[WellKnownGrainTypeProperties.FullTypeName])
            .Where(name => name.StartsWith("Orleans.Dashboard.", StringComparison.Ordinal));
}
