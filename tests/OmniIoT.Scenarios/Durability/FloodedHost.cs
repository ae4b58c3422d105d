using System.Net;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Durability;

/// <summary>A host that is flooded, and comes back on the same data and the same port however it ends.</summary>
internal sealed class FloodedHost : IAsyncDisposable
{
    private readonly TemporaryDirectory? _ownDirectory;
    private readonly string _directory;
    private readonly int _port = FreePort.Find();

    private FloodedHost(string? directory)
    {
        _ownDirectory = directory is null ? new TemporaryDirectory() : null;
        _directory = directory ?? _ownDirectory!.Path;
    }

    public HostProcess Host { get; private set; } = null!;

    public FloodFleet Fleet { get; private set; } = null!;

    /// <param name="directory">Null: one of its own.</param>
    public static async Task<FloodedHost> StartAsync(int devices, string? directory = null)
    {
        FloodedHost flooded = new(directory);
        await flooded.RestartAsync();
        flooded.Fleet = await FloodFleet.RegisterAsync(flooded.Host.Api, devices);
        return flooded;
    }

    public async Task RestartAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
        Host = await HostProcess.StartAsync(_directory, $"--OmniIoT:Mqtt:Port={_port}");
    }

    public FloodPlan Plan(int count) => new([new(IPAddress.Loopback, _port)], Fleet.Devices, count);

    /// <inheritdoc cref="FloodFleet.AssertStoredOnceAsync"/>
    public Task AssertStoredOnceAsync(ILookup<string, int> record, int count) => Fleet.AssertStoredOnceAsync(Host.Api, record, count);

    /// <inheritdoc cref="FloodFleet.AssertAlarmsRaisedOnceAsync"/>
    public Task AssertAlarmsRaisedOnceAsync(int count) => Fleet.AssertAlarmsRaisedOnceAsync(Host.Api, count);

    /// <inheritdoc cref="FloodFleet.AssertDeadLettersOnceAsync"/>
    public Task AssertDeadLettersOnceAsync(int count) => Fleet.AssertDeadLettersOnceAsync(Host.Api, count);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _ownDirectory?.Dispose();
    }
}
