using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OmniIoT.Gateway.Hosting;

/// <summary>Owns work that nobody waits for at once, and waits for it when the gateway stops.</summary>
internal sealed class BackgroundWork(ILogger logger)
{
    private readonly ConcurrentDictionary<Task, byte> _running = [];

    /// <summary>Starts work on the thread pool.</summary>
    public void Run(Func<ValueTask> work)
    {
        Task task = Task.Run(() => GuardAsync(work));
        _running[task] = 0;
        task.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task WaitAsync() => Task.WhenAll(_running.Keys);

    private async Task GuardAsync(Func<ValueTask> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The gateway stops; what was begun is in storage as it was before.
        }
        catch (Exception error)
        {
            Log.BackgroundFailed(logger, error);
        }
    }
}
