namespace OmniIoT.Simulators.Fleet;

/// <summary>Devices that start and end together.</summary>
internal sealed class DeviceGroup : IAsyncDisposable
{
    // Enough to be quick, few enough not to look like an attack.
    private const int ConnectAtOnce = 32;
    private readonly List<SimulatedDevice> _devices = [];

    public void Add(SimulatedDevice device) => _devices.Add(device);

    public Task ConnectAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            _devices,
            new ParallelOptions { MaxDegreeOfParallelism = ConnectAtOnce, CancellationToken = cancellationToken },
            async (device, token) => await device.ConnectAsync(token)
        );

    public Task RunAsync(CancellationToken cancellationToken) =>
        Together.RunAsync(_devices.Select(device => (Func<CancellationToken, Task>)device.RunAsync), cancellationToken);

    public async ValueTask DisposeAsync() => await Task.WhenAll(_devices.Select(device => device.DisposeAsync().AsTask()));
}
