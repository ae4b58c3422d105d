using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Hosting;

/// <summary>
/// The one clock of all grains: asks storage each second what is due and wakes it. What fell due while the process was
/// stopped is caught up.
/// </summary>
public sealed class Heartbeat(IGrainStore grains, EmbeddedPartitionHost host, BackgroundLoops loops, TimeProvider time) : BackgroundService
{
    private const int AtOnce = 10_000;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EntityId, byte> _waking = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Beat, time);
        await loops.RunAsync(PartNames.Cluster, "waking grains", WakeDueAsync, async token => await timer.WaitForNextTickAsync(token), stoppingToken);
    }

    private async ValueTask WakeDueAsync(CancellationToken cancellationToken)
    {
        foreach (EntityId grain in await grains.DueAsync(Instant.FromTime(time.GetUtcNow()), AtOnce, cancellationToken))
        {
            if (!_waking.TryAdd(grain, 0)) continue;
            try
            {
                await host.AddAsync(new WakeUpJob(grain, () => _waking.TryRemove(grain, out _)), cancellationToken);
            }
            catch
            {
                _waking.TryRemove(grain, out _); // Nobody wakes it now: the next beat does.
                throw;
            }
        }
    }
}
