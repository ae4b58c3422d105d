namespace OmniIoT.TestKit.Telemetry;

/// <summary>
/// One InfluxDB with a gate before it for all tests of an assembly, started by the first that needs it. An assembly fixture.
/// </summary>
public sealed class SharedInflux : IAsyncDisposable
{
    private readonly Lazy<(InfluxServer Server, InfluxGate Gate)> _started = new(static () =>
        Task.Run(StartAsync).GetAwaiter().GetResult()
    );

    /// <summary>Skips the test where none is installed.</summary>
    public InfluxServer Server => _started.Value.Server;

    /// <summary>Where writes do not fail.</summary>
    public InfluxGate Gate => _started.Value.Gate;

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        await Gate.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static async Task<(InfluxServer, InfluxGate)> StartAsync()
    {
        InfluxServer server = await InfluxServer.StartAsync();
        return (server, await InfluxGate.StartAsync(server.Url));
    }
}
