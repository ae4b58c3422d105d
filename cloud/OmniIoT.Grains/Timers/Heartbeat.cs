using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EntityId, byte> _waking = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunEveryAsync(Beat, PartNames.Cluster, "waking grains", WakeDueAsync, stoppingToken);

    private async ValueTask WakeDueAsync(CancellationToken cancellationToken)
    {
        foreach (EntityId entity in await store.DueAsync(time.Now(), AtOnce, cancellationToken))
        {
            if (processes.IsShareOfOwn(entity.ToString()) && _waking.TryAdd(entity, 0))
                _ = WakeAsync(entity);
        }
    }

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
