using OmniIoT.Ports.Commit;
using OmniIoT.Storage.Sqlite;

namespace OmniIoT.Api.Tests;

/// <summary>Commits each unit by itself and at once.</summary>
internal sealed class DirectCommitter(SqliteStore store) : ICommitter
{
    public void Expect() { }

    public void Met() { }

    public void Commit(CommitUnit unit, ICommitObserver observer)
    {
        store.Commits.Commit([unit]);
        observer.Ended(unit);
    }
}
