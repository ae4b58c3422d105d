using OmniIoT.Domain.Effects;

namespace OmniIoT.Ports.Commit;

public enum CommitOutcome { Pending, Committed, Conflict }

/// <summary>Effects that become durable together: those of one partition's batch, or of one person's action.</summary>
public sealed class CommitUnit
{
    private readonly TaskCompletionSource<CommitOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>In the order they are to be applied.</summary>
    public List<Effect> Effects { get; } = [];

    /// <summary>How many messages the unit answers; for the metrics only.</summary>
    public int MessageCount { get; init; }

    /// <summary>Set by the store within the transaction; true only once the transaction is durable.</summary>
    public CommitOutcome Outcome { get; set; }

    /// <summary>Completes after the commit; fails when the unit could not be written.</summary>
    public Task<CommitOutcome> Done => _done.Task;

    public void Complete() => _done.SetResult(Outcome);

    public void Fail(Exception error) => _done.SetException(error);
}
