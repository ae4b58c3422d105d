namespace OmniIoT.Gateway.Hosting;

/// <summary>How far the gateway is between its start and its stop.</summary>
internal sealed class GatewayLifecycle : IDisposable
{
    private readonly TaskCompletionSource _restored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    public GatewayLifecycle() => Stopping = _stopping.Token;

    /// <summary>Cancelled when the gateway stops: nothing waits for storage or grains beyond it.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Completes when sessions and retained messages are loaded.</summary>
    public Task Restored => _restored.Task;

    /// <summary>Connections are welcome.</summary>
    public bool IsReady { get; private set; }

    /// <summary>No connection is taken any more, and those that are there are about to be ended.</summary>
    public bool IsClosing { get; private set; }

    public void MarkRestored() => _restored.TrySetResult();

    public void MarkReady() => IsReady = true;

    public void MarkClosing() => (IsReady, IsClosing) = (false, true);

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();
}
