using Microsoft.Extensions.Hosting;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;

namespace OmniIoT.Gateway.Hosting;

/// <summary>
/// Starts and stops the gateway. Start: sessions and retained messages are loaded before a listener accepts. Stop: connections are
/// told 0x8B and their sessions are written; it must stop before storage and partitions do.
/// </summary>
internal sealed class MqttGatewayService(
    GatewayRestoring restoring,
    DialectRegistry dialects,
    TimeoutSweep sweep,
    ConnectionRegistry connections,
    BackgroundWork background,
    GatewayLifecycle lifecycle
) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _heartbeatEnd = new();
    private Task _heartbeat = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await restoring.RestoreAsync(cancellationToken);
        await dialects.StartedAsync();
        _heartbeat = sweep.RunAsync(_heartbeatEnd.Token);
        lifecycle.MarkReady();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before the listeners stop, and their connections with them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifecycle.MarkClosing();
        await dialects.StoppingAsync();
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task ended = connections.WhenAllEndedAsync();
        foreach (Connection connection in connections.All())
            connection.End(ConnectionEnd.Stopping);
        try
        {
            await ended.WaitAsync(cancellationToken);
        }
        finally
        {
            await lifecycle.StopAsync();
            await _heartbeatEnd.CancelAsync();
            await _heartbeat;
            await background.WaitAsync();
        }
    }

    public void Dispose() => _heartbeatEnd.Dispose();
}
