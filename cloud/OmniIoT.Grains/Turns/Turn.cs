using System.Diagnostics;
using OmniIoT.Devices.Models;
using OmniIoT.Domain.Decisions;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Tracing;

namespace OmniIoT.Grains.Turns;

/// <summary>
/// What an entity decides on at once, and the unit that makes it durable. Pooled: an entity without work has none.
/// </summary>
internal sealed class Turn : ICommitObserver, IThreadPoolWorkItem
{
    private ITurnOwner? _owner;

    public List<WorkItem> Items { get; } = [];

    /// <summary>Of the messages of its items.</summary>
    public int Bytes { get; private set; }

    public CommitUnit Unit { get; } = new();

    /// <summary>Severities of the alarms that it raised; for the metrics.</summary>
    public List<Severity> RaisedAlarms { get; } = [];

    /// <summary>Values of its telemetry that were null; for the metrics.</summary>
    public int NullReadings { get; private set; }

    /// <summary>The span of deciding and committing; null when nothing that it decides on is traced.</summary>
    public Activity? Trace { get; private set; }

    /// <summary>Whether there is something to save, and to show to watchers.</summary>
    public bool IsTouched { get; set; }

    /// <summary>The item that is decided on now; -1: none is.</summary>
    public int Item { get; set; } = -1;

    /// <summary>The message of its batch that is decided on now; -1: none is.</summary>
    public int Message { get; set; } = -1;

    public void Open(ITurnOwner owner) => _owner = owner;

    public void Add(in WorkItem item)
    {
        Items.Add(item);
        Bytes += item.Batch?.Bytes ?? 0;
    }

    /// <summary>Forgets what was decided: it is decided anew.</summary>
    public void Rewind()
    {
        Unit.Reset();
        RaisedAlarms.Clear();
        NullReadings = 0;
        (IsTouched, Item, Message) = (false, -1, -1);
    }

    public void Reset()
    {
        Rewind();
        Items.Clear();
        Bytes = 0;
        Trace?.End();
        Trace = null;
        _owner = null;
    }

    /// <summary>Lends a scope to the deciding.</summary>
    public void Lend(DecisionScope scope, Catalog catalog)
    {
        scope.Begin(Unit.Effects, RaisedAlarms, catalog);
        Unit.MessageCount = 0;
        Unit.Origin = Items[0].Job?.Origin; // Whoever has one is alone.
        foreach (WorkItem item in Items)
            Unit.MessageCount += item.Batch?.Count ?? 0;
        Trace ??= BeginTrace();
        Unit.Trace = Trace?.Context ?? default;
    }

    /// <summary>Takes from the scope what it counted, before others decide with it.</summary>
    public void TakeCounts(DecisionScope scope) => NullReadings = scope.Decision.NullReadings;

    /// <summary>Within the first traced batch; it may decide on others as well.</summary>
    private Activity? BeginTrace()
    {
        ActivityContext first = default;
        List<ActivityLink>? others = null;
        foreach (WorkItem item in Items)
        {
            if (item.Batch?.Trace is not { } trace || trace == default)
                continue;
            if (first == default)
                first = trace;
            else
                (others ??= []).Add(new ActivityLink(trace));
        }
        return first == default ? null : OmniTracing.Begin("turn", ActivityKind.Internal, first, others);
    }

    void IThreadPoolWorkItem.Execute() => _owner!.Begin(this);

    void ICommitObserver.Ended(CommitUnit unit) => _owner!.Ended(this);

    void ICommitObserver.Failed(CommitUnit unit, Exception error) => _owner!.Failed(this, error);
}

/// <summary>Whose turn it is.</summary>
internal interface ITurnOwner
{
    /// <summary>It is the turn's time to be decided.</summary>
    void Begin(Turn turn);

    void Ended(Turn turn);

    void Failed(Turn turn, Exception error);
}
