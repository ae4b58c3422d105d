using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Timers;

/// <summary>
/// The one clock of all entities: asks storage each second whose time has come and which promises to customers are nearly due or overdue,
/// and wakes their owners. What fell due while the process was stopped is caught up. Owners are shared out among the processes; one that
/// is woken twice looks twice and does once.
/// </summary>
public sealed partial class Heartbeat(
    IGrainStore store,
    IWorkQueries work,
    IGrains grains,
    IProcesses processes,
    BackgroundLoops loops,
    TimeProvider time,
    ILogger<Heartbeat> logger
) : BackgroundService
{
    private const int EntitiesAtOnce = 10_000;
    private const int PromisesAtOnce = 1_000;
    private const int MisledAtOnce = 500;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Times that lie further ahead than this were not meant: the bound of what a message may say.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(24);

    /// <summary>Longer than anything waits: maintenance is due after half a year.</summary>
    private static readonly TimeSpan Unlikely = TimeSpan.FromDays(400);

    /// <summary>Who was asked and has not answered: an entity, or a promise of one.</summary>
    private readonly ConcurrentDictionary<(string Owner, string? Promise), byte> _asked = [];
    private Instant? _last;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunEveryAsync(Beat, PartNames.Cluster, "waking grains", WakeDueAsync, stoppingToken);

    private async ValueTask WakeDueAsync(CancellationToken cancellationToken)
    {
        Instant now = time.Now();
        if (_last is not { } last)
            await WakeMisledAsync(now + Unlikely, cancellationToken);
        else if (last - now > SteadyTime.Leap)
            await WakeMisledAsync(now + Ahead, cancellationToken);
        _last = now;
        foreach (EntityId entity in await store.DueAsync(now, EntitiesAtOnce, cancellationToken))
            _ = WakeAsync(entity);
        foreach (Work due in await work.AlertsDueAsync(now, PromisesAtOnce, cancellationToken))
            _ = AskAsync((due.Owner, due.Id), () => TellAsync(due), error => LogNotTold(logger, due.Kind, due.Id, error));
    }

    /// <summary>Those who reckoned by a clock that was far ahead would sleep until then: they reckon anew.</summary>
    /// <param name="until">Who is due only after that.</param>
    private async ValueTask WakeMisledAsync(Instant until, CancellationToken cancellationToken)
    {
        EntityId? last = null;
        IReadOnlyList<EntityId> misled;
        do
        {
            misled = await store.DueAfterAsync(until, last, MisledAtOnce, cancellationToken);
            await Task.WhenAll(misled.Select(WakeAsync));
            last = misled.Count > 0 ? misled[^1] : null;
        } while (misled.Count == MisledAtOnce);
    }

    private Task WakeAsync(EntityId entity) =>
        AskAsync((entity.ToString(), null), () => grains.Of(entity).WakeAsync(), error => LogWakeFailed(logger, entity, error));

    /// <summary>Who could not be asked is asked again with the next beat.</summary>
    private async Task AskAsync((string Owner, string? Promise) who, Func<Task> ask, Action<Exception> logFailure)
    {
        if (!processes.IsShareOfOwn(who.Owner) || !_asked.TryAdd(who, 0))
            return;
        try
        {
            await ask();
        }
#pragma warning disable CA1031 // One owner's fault is not the others'.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logFailure(error);
        }
        finally
        {
            _asked.TryRemove(who, out _);
        }
    }

    private async Task TellAsync(Work due)
    {
        EntityId owner = EntityId.TryParse(due.Owner) ?? throw new FormatException($"'{due.Owner}' owns nothing.");
        if (due.Kind is WorkKind.Case)
            await grains.Of(owner).CheckCaseAsync(new CheckCase(due.Id));
        else
            await grains.Customer(owner.Key).CheckConversationAsync(new CheckConversation(due.Id));
    }

    [LoggerMessage(1202, LogLevel.Warning, "{Entity} could not be woken; it is tried again.")]
    private static partial void LogWakeFailed(ILogger logger, EntityId entity, Exception error);

    [LoggerMessage(1205, LogLevel.Warning, "What was promised in the {Kind} '{Id}' could not be looked at; it is tried again.")]
    private static partial void LogNotTold(ILogger logger, WorkKind kind, string id, Exception error);
}
