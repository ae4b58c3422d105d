using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Systems;

namespace OmniIoT.Commit.Delivery;

/// <summary>
/// Hands changes over to other systems: those of a customer in their order, at least once, <see cref="LanesAtOnce"/> customers of a system
/// at a time, and no system waits for another. What is not taken is tried again with growing pauses, or when the system says, for
/// <see cref="Patience"/>; then, or where it would never be, it is a dead letter, and those behind it move up. The other system
/// knows a change by its id when it comes again.
/// </summary>
public sealed partial class ChangeSender(IChangeDeliveries deliveries, IEnumerable<IChangeReceiver> receivers, DeliveryServices services)
    : BackgroundService
{
    /// <summary>How long a change is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>How long what has ended can be looked at.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Of one system; more wait in storage.</summary>
    private const int LanesAtOnce = 8;

    /// <summary>Lanes of which those of this process are looked for.</summary>
    private const int LanesSeen = 256;

    /// <summary>For what other processes left; what this one commits is known at once.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan DropEvery = TimeSpan.FromHours(1);

    // A system that is back is served within ten minutes.
    private static readonly Backoff Pause = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));

    private readonly Dictionary<(string System, string Lane), Task> _running = [];

    /// <summary>When what was not taken is tried again, by the delivery.</summary>
    private readonly ConcurrentDictionary<string, Instant> _later = new(StringComparer.Ordinal);

    /// <summary>What was sent and could not be noted is not looked at again before then.</summary>
    private readonly ConcurrentDictionary<string, Instant> _unnoted = new(StringComparer.Ordinal);

    /// <summary>Until when systems asked to be left alone, where they were then.</summary>
    private readonly ConcurrentDictionary<ToldSystem, Instant> _resting = new();
    private readonly AsyncSignal _waiting = new();
    private Instant? _dropped;

    private Instant Now => services.Clock.Time.Now();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        services.Committer.ChangesLogged += _waiting.Set;
        services.Committer.DeliveriesWaiting += AskFor;
        await services.Loops.RunAsync(
            PartNames.Deliveries,
            "changes to other systems",
            LookAsync,
            token => _waiting.WaitAsync(UntilNextDue(), services.Clock.Time, token),
            stoppingToken
        );
        await Task.WhenAll(_running.Values);
    }

    /// <summary>Who asks for it has a system tried that wanted to be left alone.</summary>
    private void AskFor(IReadOnlySet<string> targets)
    {
        foreach (ToldSystem system in _resting.Keys.Where(system => targets.Contains(system.Name)))
            _resting.TryRemove(system, out _);
        _waiting.Set();
    }

    private TimeSpan UntilNextDue()
    {
        Instant now = Now;
        return _later.Values.Concat(_unnoted.Values).Select(next => next > now ? next - now : TimeSpan.Zero).Append(LookEvery).Min();
    }

    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        Instant now = Now;
        Forget(_later, now);
        Forget(_unnoted, now);
        Forget(_resting, now);
        // Before the look: what is still at work is in it, and must not be begun again.
        foreach ((string, string) ended in _running.Where(work => work.Value.IsCompleted).Select(work => work.Key).ToArray())
            _running.Remove(ended);
        foreach (IChangeReceiver receiver in receivers)
        {
            foreach (ToldSystem system in receiver.Systems.Where(system => !_resting.ContainsKey(system)))
                await LookAsync(receiver, system, now, cancellationToken);
        }
        await DropAsync(now);
    }

    private async ValueTask LookAsync(IChangeReceiver receiver, ToldSystem system, Instant now, CancellationToken cancellationToken)
    {
        int room = LanesAtOnce - _running.Keys.Count(lane => lane.System == system.Name);
        if (room <= 0)
            return;
        foreach (ChangeDelivery due in await deliveries.DueAsync(system.Name, now, LanesSeen, cancellationToken))
        {
            (string System, string Lane) lane = (due.System, due.Lane);
            if (
                _running.ContainsKey(lane)
                || _unnoted.ContainsKey(due.Id)
                || !services.Processes.IsShareOfOwn($"{lane.System}/{lane.Lane}")
            )
                continue;
            _running.Add(lane, Begin((receiver, system), due, cancellationToken));
            if (--room == 0)
                return;
        }
    }

    private static void Forget<T>(ConcurrentDictionary<T, Instant> until, Instant now)
        where T : notnull
    {
        foreach ((T name, _) in until.Where(one => one.Value <= now))
            until.TryRemove(name, out _);
    }

    private Task Begin((IChangeReceiver Receiver, ToldSystem System) to, ChangeDelivery due, CancellationToken cancellationToken)
    {
        Task work = Task.Run(() => WorkAsync(to, due, cancellationToken), CancellationToken.None);
        // After its end, so that the look that it asks for sees it ended.
        _ = work.ContinueWith(_ => _waiting.Set(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return work;
    }

    private async Task WorkAsync((IChangeReceiver Receiver, ToldSystem System) to, ChangeDelivery due, CancellationToken cancellationToken)
    {
        try
        {
            // Looks leave out what changed; and it may have ended or gone since.
            if (await deliveries.FindAsync(due.System, due.Id, cancellationToken) is { State: DeliveryState.Waiting } whole)
                await NoteAsync(to.System, whole, await TryAsync(to.Receiver, whole, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It waits in storage, and goes on after the next start.
        }
        catch (Exception error)
        {
            // What became of it is not stored: it is sent again, with the id that it had.
            LogFailed(services.Logger, due.Id, due.System, error);
            _unnoted[due.Id] = Now + Pause.After(due.Attempts + 1, services.Clock.Random.NextDouble());
        }
    }

    private async ValueTask<DeliveryOutcome> TryAsync(IChangeReceiver receiver, ChangeDelivery due, CancellationToken cancellationToken)
    {
        try
        {
            return await receiver.DeliverAsync(due, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(services.Logger, due.Id, due.System, error);
            return new DeliveryOutcome(null, error.Message, null);
        }
    }

    private async ValueTask NoteAsync(ToldSystem system, ChangeDelivery due, DeliveryOutcome outcome)
    {
        Instant now = Now;
        if (outcome.Error is not { } error)
        {
            await CommitAsync(new NoteDelivery(due.Id, DeliveryState.Delivered, now, outcome.StatusCode, null, null));
            return;
        }
        if (outcome.IsFinal || now - due.Since >= Patience)
        {
            LogGivenUp(services.Logger, due.Id, due.System, error);
            services.Metrics.DeadLetters.Add(1, new KeyValuePair<string, object?>("reason", "undeliverable"));
            await CommitAsync(
                new NoteDelivery(due.Id, DeliveryState.Failed, now, outcome.StatusCode, error, null),
                new AppendDeadLetter(UndeliverableChange.Of(due, services.Ids.Next(), now, error))
            );
            return;
        }
        int tries = due.Attempts + 1;
        LogLater(services.Logger, due.Id, due.System, tries, error);
        TimeSpan pause = outcome.After ?? Pause.After(tries, services.Clock.Random.NextDouble());
        // Whoever asks for longer than it is tried is asked once more at its end.
        Instant next = Instant.Min(now + pause, due.Since + Patience);
        if (outcome.After is not null)
            _resting[system] = next;
        _later[due.Id] = next;
        await CommitAsync(new NoteDelivery(due.Id, DeliveryState.Waiting, now, outcome.StatusCode, error, next));
    }

    private async ValueTask DropAsync(Instant now)
    {
        if (_dropped is { } last && now - last < DropEvery)
            return;
        _dropped = now;
        await CommitAsync(new DropDeliveries(now - Kept));
    }

    private async ValueTask CommitAsync(params Effect[] effects)
    {
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        await ((ICommitter)services.Committer).CommitAsync(unit);
    }

    [LoggerMessage(1421, LogLevel.Warning, "Change '{Delivery}' to '{System}' failed on our side; it is tried again.")]
    private static partial void LogFailed(ILogger logger, string delivery, string system, Exception error);

    [LoggerMessage(1422, LogLevel.Information, "Change '{Delivery}' was not taken by '{System}' at try {Try}: {Why}")]
    private static partial void LogLater(ILogger logger, string delivery, string system, int @try, string why);

    [LoggerMessage(1423, LogLevel.Warning, "Change '{Delivery}' to '{System}' went to the dead letters: {Why}")]
    private static partial void LogGivenUp(ILogger logger, string delivery, string system, string why);
}
