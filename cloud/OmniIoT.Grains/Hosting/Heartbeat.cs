using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Hosting;

/// <summary>
/// The one clock of all grains: asks storage each second what is due and wakes it. What fell due while the process was
/// stopped is caught up.
/// </summary>
public sealed partial class Heartbeat(IGrainStore grains, EmbeddedPartitionHost host, TimeProvider time, ILogger<Heartbeat> logger) : BackgroundService
{
    private const int AtOnce = 10_000;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EntityId, byte> _waking = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WakeDueAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBeatFailed(logger, error);
            }
        }
    }

    private async Task WakeDueAsync(CancellationToken cancellationToken)
    {
        foreach (EntityId grain in await grains.DueAsync(Instant.FromTime(time.GetUtcNow()), AtOnce, cancellationToken))
        {
            if (_waking.TryAdd(grain, 0))
                await host.AddAsync(new WakeUpJob(grain, () => _waking.TryRemove(grain, out _)), cancellationToken);
        }
    }

    [LoggerMessage(1201, LogLevel.Error, "A beat failed; the next one tries again.")]
    private static partial void LogBeatFailed(ILogger logger, Exception error);
}
