using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Commit.Audit;

/// <summary>
/// Puts on record what units change on somebody's behalf, in the same commit, and tells the log of what concerns security once it is
/// durable. Units of nobody's pass as they are.
/// </summary>
public sealed class RecordedCommits(Committer committer, IdGenerator ids, ILogger<RecordedCommits> logger) : ICommitter
{
    public void Commit(CommitUnit unit, ICommitObserver observer)
    {
        if (unit.Origin is not { } origin)
        {
            committer.Commit(unit, observer);
            return;
        }
        unit.Effects.AddRange(ChangesOnRecord.Of(unit.Effects, origin, ids));
        committer.Commit(unit, new Recorded(observer, logger));
    }

    public void Expect() => committer.Expect();

    public void Met() => committer.Met();

    private sealed class Recorded(ICommitObserver observer, ILogger logger) : ICommitObserver
    {
        public void Ended(CommitUnit unit)
        {
            if (unit.Outcome is CommitOutcome.Committed)
            {
                foreach (RecordAudit record in unit.Effects.OfType<RecordAudit>())
                    SecurityLog.Tell(logger, record.Draft);
            }
            observer.Ended(unit);
        }

        public void Failed(CommitUnit unit, Exception error) => observer.Failed(unit, error);
    }
}
