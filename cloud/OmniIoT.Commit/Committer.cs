using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Commit.Live;
using OmniIoT.Commit.Tracing;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Commit;

/// <summary>
/// Group commit: one thread takes all units that wait, writes them in one transaction, and only then lets their owners go on.
/// The flush to disk bounds the latency, not the throughput: the more arrives meanwhile, the larger the next commit.
/// What follows a commit is told by another thread, and whatever goes wrong there, the commit stands.
/// </summary>
public sealed partial class Committer : ICommitter, IHostedService, IDisposable
{
    /// <summary>
    /// After a commit all its owners decide anew: a commit that took the first of them alone would leave the others to the next, and cost
    /// as much as one with all. What takes longer than this, a look into storage, is not waited for.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);

    private readonly CommitQueue _queue = new(Patience);
    private readonly CommitEndings _endings;
    private readonly ICommitStore _store;
    private readonly LiveHub? _hub;
    private readonly IExpulsion _expulsion;
    private readonly OmniMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<Committer> _logger;
    private readonly Thread _thread;

    /// <summary>Why storage cannot write; null while it can. Of the committing thread.</summary>
    private string? _trouble;
    private long _messages;

    public Committer(
        ICommitStore store,
        IChangeLog log,
        LiveHub hub,
        IExpulsion expulsion,
        OmniMetrics metrics,
        TimeProvider time,
        ILogger<Committer> logger
    )
    {
        _store = store;
        _hub = log.IsShared ? null : hub;
        _expulsion = expulsion;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _endings = new CommitEndings(_queue, logger);
        _thread = new Thread(Run) { Name = "committer", IsBackground = true };
        metrics.Gauge(
            "omniiot_queue_depth",
            "Work that waits, by queue.",
            () => [new Measurement<long>(_queue.Count, new KeyValuePair<string, object?>("queue", "commit"))]
        );
    }

    /// <summary>Messages that commits answered so far.</summary>
    public long Messages => Volatile.Read(ref _messages);

    /// <summary>Raised after a commit that put something into the outbox or left a letter, with the targets of what it left.</summary>
    public event Action<IReadOnlySet<string>>? DeliveriesWaiting;

    /// <summary>Raised after a commit that is in the log of changes.</summary>
    public event Action? ChangesLogged;

    /// <summary>Raised after a commit that staged telemetry.</summary>
    internal event Action? TelemetryWaiting;

    internal DeliveryTraces Deliveries { get; } = new();

    public void Commit(CommitUnit unit, ICommitObserver observer)
    {
        unit.Observer = observer;
        if (!_queue.TryAdd(unit))
            observer.Failed(unit, new StorageUnavailableException("The process is stopping."));
    }

    /// <summary>Another process left something for this one to deliver.</summary>
    public void WakeDeliveries() => RaiseDeliveriesWaiting(new HashSet<string>());

    public void Expect() => _queue.Expect();

    public void Met() => _queue.Met();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <summary>Writes what waits, tells its owners, and ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Complete();
        if (_thread.IsAlive)
            await Task.Run(_thread.Join, cancellationToken);
        await _endings.ToldAsync(cancellationToken);
    }

    public void Dispose() => _queue.Complete();

    private void Run()
    {
        while (_queue.Take() is { } units)
            Write(units);
    }

    private void Write(List<CommitUnit> units)
    {
        using CommitSpans spans = CommitSpans.Begin(units);
        Deliveries.Note(units);
        long start = _time.GetTimestamp();
        IReadOnlyList<Change> changes;
        try
        {
            changes = _store.Commit(units);
        }
        catch (StorageUnavailableException error)
        {
            Note(error.Message);
            Refuse(units, error);
            return;
        }
        catch (FencedException error)
        {
            Guard(() => _metrics.FencedCommits.Add(1));
            LogCommitFailed(_logger, units.Count, error);
            Refuse(units, error);
            _expulsion.End(error.Message);
            return;
        }
#pragma warning disable CA1031 // Edge of the loop: whatever one unit holds must not take the others down.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (units.Count == 1)
            {
                LogCommitFailed(_logger, units.Count, error);
                Refuse(units, error);
                return;
            }
            foreach (CommitUnit unit in units)
                Write([unit]);
            return;
        }
        Note(trouble: null);
        Follow(units, changes, start);
    }

    /// <summary>Tells when storage begins to refuse, for another reason than before, and when it writes again: not each commit.</summary>
    private void Note(string? trouble)
    {
        if (trouble == _trouble)
            return;
        _trouble = trouble;
        if (trouble is null)
            LogWritesAgain(_logger);
        else
            LogCannotWrite(_logger, trouble);
    }

    private void Follow(List<CommitUnit> units, IReadOnlyList<Change> changes, long start)
    {
        Guard(() => Record(units, start));
        if (changes.Count > 0 && _hub is { } hub)
            Guard(() => hub.Publish(changes));
        if (changes.Count > 0)
            Raise(ChangesLogged);
        Announce(units);
        _endings.Tell(units, error: null);
    }

    private void Refuse(List<CommitUnit> units, Exception error)
    {
        Guard(() => _metrics.CommitFailures.Add(1));
        _endings.Tell(units, error);
    }

    private void Record(List<CommitUnit> units, long start)
    {
        int messages = 0;
        foreach (CommitUnit unit in units)
            messages += unit.MessageCount;
        _metrics.CommitSeconds.Record(_time.GetElapsedTime(start).TotalSeconds);
        if (messages > 0)
            _metrics.CommitMessages.Record(messages);
        Volatile.Write(ref _messages, _messages + messages);
    }

    private void Announce(List<CommitUnit> units)
    {
        HashSet<string>? targets = null;
        bool telemetry = false;
        foreach (CommitUnit unit in units)
        {
            foreach (Effect effect in unit.Effects)
            {
                if (effect is Enqueue enqueued)
                    (targets ??= new(StringComparer.Ordinal)).Add(enqueued.Downlink.Target.ToString());
                else if (effect is Tell told)
                    (targets ??= new(StringComparer.Ordinal)).Add(told.Letter.Content.Target);
                else if (effect is SendMessage sent)
                    (targets ??= new(StringComparer.Ordinal)).Add(sent.Message.ConversationId);
                else if (effect is Redeliver again)
                    (targets ??= new(StringComparer.Ordinal)).Add(again.System);
                else if (effect is HurryDeliveries hurried)
                    (targets ??= new(StringComparer.Ordinal)).Add(hurried.System);
                telemetry |= effect is AppendTelemetry;
            }
        }
        if (targets is not null)
            RaiseDeliveriesWaiting(targets);
        if (telemetry)
            Raise(TelemetryWaiting);
    }

    private void Raise(Action? listeners)
    {
        foreach (Action listener in Delegate.EnumerateInvocationList(listeners))
            Guard(listener);
    }

    private void RaiseDeliveriesWaiting(IReadOnlySet<string> targets)
    {
        foreach (Action<IReadOnlySet<string>> listener in Delegate.EnumerateInvocationList(DeliveriesWaiting))
            Guard(() => listener(targets));
    }

    /// <summary>The commit is done: what follows it cannot undo it, and must not end the thread.</summary>
    private void Guard(Action follow)
    {
        try
        {
            follow();
        }
#pragma warning disable CA1031 // A listener's fault is its own.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogListenerFailed(_logger, error);
        }
    }

    [LoggerMessage(1001, LogLevel.Error, "A commit of {Units} units failed; nothing of it was acknowledged.")]
    private static partial void LogCommitFailed(ILogger logger, int units, Exception error);

    [LoggerMessage(1004, LogLevel.Error, "Storage cannot write, and nothing is acknowledged until it can: {Reason}")]
    private static partial void LogCannotWrite(ILogger logger, string reason);

    [LoggerMessage(1005, LogLevel.Information, "Storage writes again.")]
    private static partial void LogWritesAgain(ILogger logger);

    [LoggerMessage(1002, LogLevel.Error, "What follows a commit failed; the commit stands.")]
    private static partial void LogListenerFailed(ILogger logger, Exception error);
}
