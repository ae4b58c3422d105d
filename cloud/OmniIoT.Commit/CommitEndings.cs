using Microsoft.Extensions.Logging;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Commit;

/// <summary>
/// Tells the owners of a commit's units how it ended: one work item of the thread pool for each commit, so that the committing
/// thread writes the next one meanwhile. An owner that throws costs no other its news.
/// </summary>
internal sealed partial class CommitEndings(CommitQueue queue, ILogger logger)
{
    private readonly Lock _lock = new();
    private int _telling;
    private TaskCompletionSource? _told;

    public void Tell(List<CommitUnit> units, Exception? error)
    {
        lock (_lock)
            _telling++;
        ThreadPool.UnsafeQueueUserWorkItem(new Ending(this, units, error), preferLocal: false);
    }

    /// <summary>Returns once everybody was told.</summary>
    public Task ToldAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_telling == 0)
                return Task.CompletedTask;
            _told ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _told.Task.WaitAsync(cancellationToken);
        }
    }

    private void Run(List<CommitUnit> units, Exception? error)
    {
        foreach (CommitUnit unit in units)
            Tell(unit, error);
        queue.GiveBack(units);
        lock (_lock)
        {
            if (--_telling == 0)
                _told?.TrySetResult();
        }
    }

    private void Tell(CommitUnit unit, Exception? error)
    {
        try
        {
            if (error is null)
                unit.Observer!.Ended(unit);
            else
                unit.Observer!.Failed(unit, error);
        }
#pragma warning disable CA1031 // One owner's fault is not the others'.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogOwnerFailed(logger, failure);
        }
    }

    [LoggerMessage(1003, LogLevel.Error, "The owner of a committed unit failed to take note of it.")]
    private static partial void LogOwnerFailed(ILogger logger, Exception error);

    private sealed class Ending(CommitEndings endings, List<CommitUnit> units, Exception? error) : IThreadPoolWorkItem
    {
        public void Execute() => endings.Run(units, error);
    }
}
