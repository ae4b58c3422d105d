using OmniIoT.Mqtt.Client;

namespace OmniIoT.Edge.Uplink;

/// <summary>Whether the client is connected, and how often it was. Safe for concurrent use.</summary>
internal sealed class LinkState
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _connections;

    public LinkState(MqttClient client)
    {
        client.Connected += _ => Rise();
        client.Disconnected += _ => Fall();
    }

    /// <summary>Since the start.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Completes while there is a connection.</summary>
    public Task UpAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _up.Task.WaitAsync(cancellationToken);
    }

    private void Rise()
    {
        Interlocked.Increment(ref _connections);
        lock (_lock)
            _up.TrySetResult();
    }

    private void Fall()
    {
        lock (_lock)
        {
            if (_up.Task.IsCompleted)
                _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
