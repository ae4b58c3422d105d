namespace OmniIoT.TestKit.Cluster;

/// <summary>Where a <see cref="PostgresServer"/> runs: its data stays while it is started again and again.</summary>
internal interface IPostgresRun : IAsyncDisposable
{
    /// <summary>On 127.0.0.1; the same at each start.</summary>
    int Port { get; }

    Task StartAsync();

    /// <summary>Ends it at once.</summary>
    Task CrashAsync();

    /// <summary>SIGKILL, to it and all its processes.</summary>
    Task KillAsync();
}
