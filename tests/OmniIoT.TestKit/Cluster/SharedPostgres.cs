namespace OmniIoT.TestKit.Cluster;

/// <summary>One server for all tests of an assembly, started by the first that needs it. An assembly fixture.</summary>
public sealed class SharedPostgres : IDisposable
{
    private readonly Lazy<PostgresServer> _server = new(static () => Task.Run(() => PostgresServer.StartAsync()).GetAwaiter().GetResult());

    /// <summary>Skips the test where none is installed.</summary>
    public PostgresServer Server => _server.Value;

    public void Dispose()
    {
        if (_server.IsValueCreated)
            _server.Value.Dispose();
    }
}
