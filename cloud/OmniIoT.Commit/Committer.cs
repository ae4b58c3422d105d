using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Commit.Live;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Commit;

/// <summary>
/// Group commit: one thread takes all units that wait, writes them in one transaction, and only then lets their owners go on.
/// The flush to disk bounds the latency, not the throughput: the more arrives meanwhile, the larger the next commit.
/// </summary>
public sealed partial class Committer : ICommitter, IHostedService, IDisposable
{
    private readonly CommitQueue _queue = new();
    private readonly ICommitStore _store;
    private readonly LiveHub _hub;
    private readonly OmniMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<Committer> _logger;
    private readonly Thread _thread;

    public Committer(ICommitStore store, LiveHub hub, OmniMetrics metrics, TimeProvider time, ILogger<Committer> logger)
    {
        _store = store;
        _hub = hub;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _thread = new Thread(Run) { Name = "committer", IsBackground = true };
        metrics.Gauge("omniiot_queue_depth", "Work that waits, by queue.", () => [new Measurement<long>(_queue.Count, new KeyValuePair<string, object?>("queue", "commit"))]);
    }

    /// <summary>Raised after a commit that put something into the outbox or left a letter.</summary>
    internal event Action? DeliveriesWaiting;

    /// <summary>Raised after a commit that staged telemetry.</summary>
    internal event Action? TelemetryWaiting;

    public Task<CommitOutcome> CommitAsync(CommitUnit unit)
    {
        if (!_queue.TryAdd(unit)) unit.Fail(new StorageUnavailableException("The process is stopping."));
        return unit.Done;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <summary>Writes what waits and ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Complete();
        return _thread.IsAlive ? Task.Run(_thread.Join, cancellationToken) : Task.CompletedTask;
    }

    public void Dispose() => _queue.Complete();

    private void Run()
    {
        while (_queue.Take() is { } units) Write(units);
    }

    private void Write(List<CommitUnit> units)
    {
        long start = _time.GetTimestamp();
        IReadOnlyList<Change> changes;
        try
        {
            changes = _store.Commit(units);
        }
        catch (StorageUnavailableException error)
        {
            Refuse(units, error);
            return;
        }
#pragma warning disable CA1031 // Edge of the loop: whatever one unit holds must not take the others down.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (units.Count == 1) Refuse(units, error);
            else foreach (CommitUnit unit in units.ToArray()) Write([unit]);
            return;
        }
        TellOf(units, changes, start);
    }

    /// <summary>
    /// The units are durable: nothing that goes wrong from here on may have them written again, end the thread, or keep the others
    /// from being told.
    /// </summary>
    private void TellOf(List<CommitUnit> units, IReadOnlyList<Change> changes, long start)
    {
        Guard(() => Record(units, start));
        if (changes.Count > 0) Guard(() => _hub.Publish(changes));
        foreach (CommitUnit unit in units) Guard(unit.Complete);
        Guard(() => Announce(units));
    }

    private void Guard(Action told)
    {
        try
        {
            told();
        }
#pragma warning disable CA1031 // Whoever is told of a commit cannot undo it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogTellingFailed(_logger, error);
        }
    }

    private void Refuse(List<CommitUnit> units, Exception error)
    {
        LogCommitFailed(_logger, units.Count, error);
        Guard(() => _metrics.CommitFailures.Add(1));
        foreach (CommitUnit unit in units) Guard(() => unit.Fail(error));
    }

    private void Record(List<CommitUnit> units, long start)
    {
        int messages = 0;
        foreach (CommitUnit unit in units) messages += unit.MessageCount;
        _metrics.CommitSeconds.Record(_time.GetElapsedTime(start).TotalSeconds);
        if (messages > 0) _metrics.CommitMessages.Record(messages);
    }

    private void Announce(List<CommitUnit> units)
    {
        bool deliveries = false;
        bool telemetry = false;
        foreach (CommitUnit unit in units)
        {
            foreach (Effect effect in unit.Effects)
            {
                deliveries |= effect is Enqueue or Tell;
                telemetry |= effect is AppendTelemetry;
            }
        }
        if (deliveries) Raise(DeliveriesWaiting);
        if (telemetry) Raise(TelemetryWaiting);
    }

    private void Raise(Action? waiting)
    {
        foreach (Action handler in Delegate.EnumerateInvocationList(waiting)) Guard(handler);
    }

    [LoggerMessage(1001, LogLevel.Error, "A commit of {Units} units failed; nothing of it was acknowledged.")]
    private static partial void LogCommitFailed(ILogger logger, int units, Exception error);

    [LoggerMessage(1002, LogLevel.Error, "What follows a commit failed; the commit stands.")]
    private static partial void LogTellingFailed(ILogger logger, Exception error);
}
