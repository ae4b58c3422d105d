using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Timers;

/// <summary>
/// The one clock of all entities: asks storage each second what is due and wakes it. What fell due while the process was
/// stopped is caught up. Entities are shared out among the processes; one that is woken twice looks twice and does once.
/// </summary>
public sealed partial class Heartbeat(
    IGrainStore store,
    IGrains grains,
    IProcesses processes,
    BackgroundLoops loops,
    TimeProvider time,
    ILogger<Heartbeat> logger
) : BackgroundService
{
    private const int AtOnce = 10_000;
    private const int MisledAtOnce = 500;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Times that lie further ahead than this were not meant: the bound of what a message may say.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(24);

    /// <summary>Longer than anything waits: maintenance is due after half a year.</summary>
    private static readonly TimeSpan Unlikely = TimeSpan.FromDays(400);

    private readonly ConcurrentDictionary<EntityId, byte> _waking = [];
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
        foreach (EntityId entity in await store.DueAsync(now, AtOnce, cancellationToken))
        {
            if (TryBegin(entity))
                _ = WakeAsync(entity);
        }
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
            await Task.WhenAll(misled.Where(TryBegin).Select(WakeAsync));
            last = misled.Count > 0 ? misled[^1] : null;
        } while (misled.Count == MisledAtOnce);
    }

    private bool TryBegin(EntityId entity) => processes.IsShareOfOwn(entity.ToString()) && _waking.TryAdd(entity, 0);

    /// <summary>Who could not wake is asked again with the next beat.</summary>
    private async Task WakeAsync(EntityId entity)
    {
        try
        {
            await grains.Of(entity).WakeAsync();
        }
#pragma warning disable CA1031 // One entity's fault is not the others'.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogWakeFailed(logger, entity, error);
        }
        finally
        {
            _waking.TryRemove(entity, out _);
        }
    }

    [LoggerMessage(1202, LogLevel.Warning, "{Entity} could not be woken; it is tried again.")]
    private static partial void LogWakeFailed(ILogger logger, EntityId entity, Exception error);
}
