using Microsoft.Extensions.Hosting;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Hosting;

/// <summary>
/// Starts and stops the gateway. Start: sessions and retained messages are loaded before a listener accepts. Stop: connections are
/// told 0x8B and their sessions are written; it must stop before storage and partitions do.
/// </summary>
internal sealed class MqttGatewayService(GatewayCore gateway) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _heartbeatEnd = new();
    private Task _heartbeat = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (gateway.Options.AllowAnonymous)
            Log.LaboratoryMode(gateway.Logger);
        int retained = await RestoreRetainedAsync(cancellationToken);
        await gateway.Sessions.RestoreAsync(cancellationToken);
        Log.Restored(gateway.Logger, gateway.Sessions.Count, retained);
        gateway.MarkRestored();
        foreach (IDialect dialect in gateway.Dialects)
            await dialect.StartedAsync(gateway);
        _heartbeat = new TimeoutSweep(gateway).RunAsync(_heartbeatEnd.Token);
        gateway.IsReady = true;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before the listeners stop, and their connections with them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        gateway.IsReady = false;
        gateway.IsStopping = true;
        foreach (IDialect dialect in gateway.Dialects)
            await dialect.StoppingAsync(gateway);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task ended = gateway.Connections.WhenAllEndedAsync();
        foreach (Connection connection in gateway.Connections.All())
            connection.End(ConnectionEnd.Stopping);
        try
        {
            await ended.WaitAsync(cancellationToken);
        }
        finally
        {
            await gateway.Stopping.CancelAsync();
            await _heartbeatEnd.CancelAsync();
            await _heartbeat;
            await gateway.Background.WaitAsync();
        }
    }

    public void Dispose() => _heartbeatEnd.Dispose();

    private async Task<int> RestoreRetainedAsync(CancellationToken cancellationToken)
    {
        if (gateway.Shared is not null && !gateway.Options.AllowAnonymous)
            return 0; // Loaded with their scope.
        IReadOnlyList<RetainedMessage> messages = await gateway.Store.RetainedAsync(cancellationToken);
        foreach (RetainedMessage message in messages)
        {
            if (gateway.Scopes.OwnerOf(message.Topic) is not { } scope)
                continue;
            scope.Retained.Set(message);
            gateway.Scopes.Leave(scope);
        }
        return messages.Count;
    }
}
