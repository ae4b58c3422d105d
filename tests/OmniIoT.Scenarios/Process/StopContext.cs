using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>A host to which programs connect that are stopped then.</summary>
public sealed class StopContext : IAsyncLifetime
{
    public HostProcess Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await HostProcess.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
