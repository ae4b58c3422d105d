using System.Diagnostics;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Ports.Commit;

public enum CommitOutcome
{
    Pending,
    Committed,
    Conflict,
}

/// <summary>
/// Effects that become durable together: those of one entity's turn, or of one person's action. Holds the snapshot of one entity at
/// most. May be used again once its end was told.
/// </summary>
public sealed class CommitUnit
{
    /// <summary>In the order they are to be applied.</summary>
    public List<Effect> Effects { get; } = [];

    /// <summary>How many messages the unit answers; for the metrics only.</summary>
    public int MessageCount { get; set; }

    /// <summary>On whose behalf; what the unit changes is put on record with it. Null: nobody's who is on record.</summary>
    public Origin? Origin { get; set; }

    /// <summary>The span that the unit comes from; default: none.</summary>
    public ActivityContext Trace { get; set; }

    /// <summary>Set by the store within the transaction; true only once the transaction is durable.</summary>
    public CommitOutcome Outcome { get; set; }

    /// <summary>Who is told of the end; set by the committer.</summary>
    public ICommitObserver? Observer { get; set; }

    /// <summary>Makes the unit ready for its next use.</summary>
    public void Reset()
    {
        Effects.Clear();
        MessageCount = 0;
        Origin = null;
        Trace = default;
        Outcome = CommitOutcome.Pending;
        Observer = null;
    }
}

/// <summary>
/// Told how a unit ended, once. Called after the commit for all of its units on one thread that does nothing else meanwhile: be
/// short, do not block.
/// </summary>
public interface ICommitObserver
{
    /// <summary>
    /// The unit is durable, or it rests on what is no longer true and nothing of it was written: see <see cref="CommitUnit.Outcome"/>.
    /// </summary>
    void Ended(CommitUnit unit);

    /// <summary>Nothing of the unit was written.</summary>
    void Failed(CommitUnit unit, Exception error);
}
