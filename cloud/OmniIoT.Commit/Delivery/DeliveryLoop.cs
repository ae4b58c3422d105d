using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Tracing;

namespace OmniIoT.Commit.Delivery;

/// <summary>
/// Works off what commits left to deliver: when told that there is something, and now and then by itself, for what a stop or a
/// failure left behind. Rows of one target go in their order, one after the other; targets do not wait for each other. A row that
/// fails is tried again with growing pauses, and after <see cref="TargetTroubles.AttemptLimit"/> tries goes to the dead letters, so
/// that those behind it move up. While storage cannot be written nothing counts as a try. Targets are shared out among the processes.
/// </summary>
public abstract partial class DeliveryLoop<TRow>(DeliveryServices services) : BackgroundService
{
    /// <summary>Rows read at once.</summary>
    private const int RowsAtOnce = 256;

    /// <summary>Targets worked on at once, about: what waits for a slow one keeps its place only.</summary>
    private const int TargetsAtOnce = 1024;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly AsyncSignal _waiting = new();
    private readonly TargetTroubles _troubles = new(services.Clock.Time, services.Clock.Random);
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private Exception? _refused;

    protected OmniMetrics Metrics => services.Metrics;

    protected Instant Now => services.Clock.Time.Now();

    /// <summary>What is delivered, for people.</summary>
    protected abstract string Name { get; }

    /// <summary>What waits, oldest first, after <paramref name="afterId"/>.</summary>
    protected abstract ValueTask<IReadOnlyList<TRow>> PendingAsync(string? afterId, int limit, CancellationToken cancellationToken);

    protected abstract string IdOf(TRow row);

    /// <summary>Within it rows keep their order.</summary>
    protected abstract string TargetOf(TRow row);

    /// <summary>Delivers a row; may come again for the same row after a crash.</summary>
    protected abstract ValueTask DeliverAsync(TRow row, CancellationToken cancellationToken);

    /// <summary>Takes the row out of what waits.</summary>
    protected abstract Effect Done(TRow row);

    /// <summary>What a person sees of a row that was given up.</summary>
    protected abstract DeadLetter DeadLetterOf(TRow row, string id, string detail);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        services.Committer.DeliveriesWaiting += _ => _waiting.Set();
        await services.Loops.RunAsync(
            PartNames.Deliveries,
            Name,
            LookAsync,
            token => _waiting.WaitAsync(_troubles.UntilNextDue(LookEvery), services.Clock.Time, token),
            stoppingToken
        );
        await Task.WhenAll(_running.Values);
    }

    /// <summary>Sets every target going that has rows, is due and is not at work already.</summary>
    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _refused, null) is { } refused)
            ExceptionDispatchInfo.Throw(refused);
        // Before the look: rows that a target still works on are in it, and must not be begun again.
        foreach (string ended in _running.Where(work => work.Value.IsCompleted).Select(work => work.Key).ToArray())
            _running.Remove(ended);
        HashSet<string> seen = new(_running.Keys, StringComparer.Ordinal);
        string? after = null;
        while (_running.Count < TargetsAtOnce)
        {
            IReadOnlyList<TRow> rows = await PendingAsync(after, RowsAtOnce, cancellationToken);
            foreach (IGrouping<string, TRow> target in rows.GroupBy(TargetOf))
            {
                if (!seen.Add(target.Key) || !_troubles.IsDue(target.Key) || !services.Processes.IsShareOfOwn(target.Key))
                    continue;
                TRow[] work = [.. target];
                _running.Add(target.Key, Task.Run(() => WorkAsync(target.Key, work, cancellationToken), CancellationToken.None));
            }
            if (rows.Count < RowsAtOnce)
            {
                _troubles.KeepOnly(seen);
                return;
            }
            after = IdOf(rows[^1]);
        }
    }

    private async Task WorkAsync(string target, TRow[] rows, CancellationToken cancellationToken)
    {
        CommitUnit done = new();
        try
        {
            foreach (TRow row in rows)
            {
                if (!await TryDeliverAsync(target, row, done.Effects, cancellationToken))
                    break;
            }
            if (done.Effects.Count > 0)
                await ((ICommitter)services.Committer).CommitAsync(done);
        }
        catch (Exception error)
        {
            _refused = error;
        }
        _waiting.Set();
    }

    /// <returns>Whether the target's next row may go.</returns>
    private async ValueTask<bool> TryDeliverAsync(string target, TRow row, List<Effect> done, CancellationToken cancellationToken)
    {
        Activity? span = services.Committer.Deliveries.Begin(IdOf(row));
        try
        {
            await DeliverAsync(row, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (StorageUnavailableException error)
        {
            _refused = error; // Nobody's trouble in particular: the loop rests.
            return false;
        }
        catch (Exception error)
        {
            int attempts = _troubles.Failed(target, IdOf(row));
            LogDeliveryFailed(services.Logger, Name, target, attempts, error);
            if (attempts < TargetTroubles.AttemptLimit)
                return false;
            GiveUp(row, attempts, error, done);
        }
        finally
        {
            span?.End();
        }
        _troubles.Over(target);
        done.Add(Done(row));
        return true;
    }

    private void GiveUp(TRow row, int attempts, Exception error, List<Effect> done)
    {
        LogGivenUp(services.Logger, Name, IdOf(row), attempts);
        services.Metrics.DeadLetters.Add(1, new KeyValuePair<string, object?>("reason", "undeliverable"));
        done.Add(new AppendDeadLetter(DeadLetterOf(row, services.Ids.Next(), $"{attempts} tries to deliver it failed: {error.Message}")));
    }

    [LoggerMessage(1402, LogLevel.Warning, "{Name} for '{Target}' failed at try {Attempt}; it is tried again or given up.")]
    private static partial void LogDeliveryFailed(ILogger logger, string name, string target, int attempt, Exception error);

    [LoggerMessage(1403, LogLevel.Error, "{Name}: '{Row}' went to the dead letters after {Attempts} tries.")]
    private static partial void LogGivenUp(ILogger logger, string name, string row, int attempts);
}
