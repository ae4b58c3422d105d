using OmniIoT.Ports.Audit;

namespace OmniIoT.Ports.Commit;

/// <summary>
/// The one door to storage. Units that arrive while a commit is on its way to the disk form the next one.
/// </summary>
public interface ICommitter
{
    /// <summary>
    /// Hands the unit over; the observer is told how it ended, with <see cref="StorageUnavailableException"/> when storage cannot write
    /// now.
    /// </summary>
    void Commit(CommitUnit unit, ICommitObserver observer);

    /// <summary>
    /// A unit is being decided on: a commit that would begin meanwhile waits for it, a moment at most, so that what is decided at once
    /// becomes durable at once. Followed by <see cref="Met"/>, always.
    /// </summary>
    void Expect();

    /// <summary>What was expected was handed over, or does not come.</summary>
    void Met();
}

public static class CommitterExtensions
{
    /// <summary>
    /// Returns once the unit is durable. One that names no origin has that of the call that it is made in.
    /// </summary>
    /// <returns><see cref="CommitOutcome.Committed"/>, or <see cref="CommitOutcome.Conflict"/> when an expected version was
    /// stale.</returns>
    /// <exception cref="StorageUnavailableException">Storage cannot write now; nothing of the unit was written.</exception>
    public static Task<CommitOutcome> CommitAsync(this ICommitter committer, CommitUnit unit)
    {
        unit.Origin ??= CallOrigin.Current;
        AwaitedCommit awaited = new();
        committer.Commit(unit, awaited);
        return awaited.Task;
    }

    private sealed class AwaitedCommit : ICommitObserver
    {
        private readonly TaskCompletionSource<CommitOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<CommitOutcome> Task => _done.Task;

        public void Ended(CommitUnit unit) => _done.SetResult(unit.Outcome);

        public void Failed(CommitUnit unit, Exception error) => _done.SetException(error);
    }
}
