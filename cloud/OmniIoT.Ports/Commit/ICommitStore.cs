using OmniIoT.Ports.Live;

namespace OmniIoT.Ports.Commit;

/// <summary>Makes effects durable. Called by the committer alone, one call at a time.</summary>
public interface ICommitStore
{
    /// <summary>
    /// Writes all units in one transaction, flushed to disk before it returns. A unit that rests on what is no longer true
    /// (<c>SaveGrain</c>, <c>PutDocument</c>, <c>DeleteDocument</c>, <c>PutMerge</c>, <c>RemoveMerge</c>, <c>SpendBudget</c>,
    /// <c>Dequeue</c>) is left out whole and marked <see cref="CommitOutcome.Conflict"/>; the
    /// others are marked <see cref="CommitOutcome.Committed"/>.
    /// Timeline entries and changed cases, alarms, visits, offers, decisions and conversations are also written to the
    /// change log, in order, in the same transaction, and returned with the sequence numbers they got.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The disk is full, read-only or gone: nothing was written, try again later.</exception>
    /// <exception cref="FencedException">The cluster gave this process up: nothing was written.</exception>
    IReadOnlyList<Change> Commit(IReadOnlyList<CommitUnit> units);

    /// <summary>Tries to write a row and flush it: null when storage is writable, else why not.</summary>
    string? Probe();
}

/// <summary>The storage engine cannot write now, through no fault of what was to be written.</summary>
public class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
