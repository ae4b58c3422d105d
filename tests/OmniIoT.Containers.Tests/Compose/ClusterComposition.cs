using System.Text.Json.Nodes;

namespace OmniIoT.Containers.Tests.Compose;

/// <summary><c>docker-compose.cluster.yml</c> without Grafana, for all tests, started by the first that needs it.</summary>
public sealed class ClusterComposition : IAsyncDisposable
{
    internal const string File = "docker-compose.cluster.yml";

    private static readonly string[] Processes = ["omniiot-1", "omniiot-2", "omniiot-3"];

    private readonly Lazy<Task<Composition>> _composition = new(StartAsync);

    /// <summary>All three processes are there; skips the test where no engine answers or an image is not to be had.</summary>
    internal async Task<Composition> WholeAsync()
    {
        Composition composition = await _composition.Value;
        await composition.SeenAsync("cluster", cluster => Active(cluster).Count == Processes.Length, "cluster of three");
        return composition;
    }

    internal static IReadOnlyList<JsonNode> Active(JsonNode cluster) =>
        [.. cluster["processes"]!.AsArray().Where(process => (string?)process!["state"] == "active")!];

    public async ValueTask DisposeAsync()
    {
        if (_composition is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await _composition.Value).DisposeAsync();
    }

    private static async Task<Composition> StartAsync()
    {
        Composition composition = await Composition.UpAsync(File, [.. Processes, "balancer", "postgres", "influxdb", "prometheus"]);
        try
        {
            await composition.HealthyAsync([.. Processes, "postgres", "influxdb"]);
            return composition;
        }
        catch
        {
            await composition.DisposeAsync();
            throw;
        }
    }
}
