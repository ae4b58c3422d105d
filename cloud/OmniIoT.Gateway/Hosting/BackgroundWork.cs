using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OmniIoT.Gateway.Hosting;

/// <summary>Owns work that nobody waits for at once, and waits for it when the gateway stops.</summary>
internal sealed class BackgroundWork(GatewayLifecycle lifecycle, ILogger<BackgroundWork> logger)
{
    private readonly ConcurrentDictionary<Task, byte> _running = [];

    /// <summary>Cancelled when the gateway stops; work that anything else cancels has failed.</summary>
    public CancellationToken Stopping => lifecycle.Stopping;

    /// <summary>Starts work on the thread pool.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="closing">Cancelled when nobody wants it any more, such as at the end of the connection that it is for.</param>
    public void Run(Func<ValueTask> work, CancellationToken closing = default)
    {
        Task task = Task.Run(() => GuardAsync(work, closing), CancellationToken.None);
        _running[task] = 0;
        task.ContinueWith(
            done => _running.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    public Task WaitAsync() => Task.WhenAll(_running.Keys);

    private async Task GuardAsync(Func<ValueTask> work, CancellationToken closing)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested || closing.IsCancellationRequested)
        {
            // The gateway stops, or whom it was for is gone; what was begun is in storage as it was before.
        }
        catch (Exception error)
        {
            Log.BackgroundFailed(logger, error);
        }
    }
}
