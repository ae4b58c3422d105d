namespace OmniIoT.Ports.Commit;

/// <summary>
/// The one door to storage. Units that arrive while a commit is on its way to the disk form the next one.
/// </summary>
public interface ICommitter
{
    /// <summary>
    /// Returns once the unit is durable.
    /// </summary>
    /// <returns><see cref="CommitOutcome.Committed"/>, or <see cref="CommitOutcome.Conflict"/> when an expected version was stale.</returns>
    /// <exception cref="StorageUnavailableException">Storage cannot write now; nothing of the unit was written.</exception>
    Task<CommitOutcome> CommitAsync(CommitUnit unit);
}
