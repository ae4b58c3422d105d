using Microsoft.Extensions.Hosting;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Commit.Telemetry;

/// <summary>
/// Moves on the readings that processes staged which are gone, as far as they are this one's share; and waits for the readings of all
/// processes for whoever must see them.
/// </summary>
public sealed class LaneHeir(
    IStagedLanes lanes,
    ILaneTelemetry store,
    TelemetryMover own,
    IProcesses processes,
    BackgroundLoops loops,
    TimeProvider time
) : BackgroundService, ITelemetryBarrier
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    /// <summary>Between two looks whether another process has moved what it staged; it does twice a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async ValueTask CaughtUpAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> all = await lanes.ListAsync(cancellationToken);
        foreach (string lane in all.Where(lane => lane != processes.Own))
        {
            long wanted = await lanes.Of(lane).LastPositionAsync(cancellationToken);
            while (await store.PositionAsync(lane, cancellationToken) < wanted)
            {
                if (processes.IsLiving(lane))
                    await Task.Delay(Pause, time, cancellationToken);
                else
                    await MoveAsync(lane, cancellationToken);
            }
        }
        await own.CaughtUpAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunEveryAsync(LookEvery, PartNames.Telemetry, "moving what other processes staged", InheritAsync, stoppingToken);

    private async ValueTask InheritAsync(CancellationToken cancellationToken)
    {
        foreach (string lane in await lanes.ListAsync(cancellationToken))
        {
            if (processes.IsLiving(lane) || !processes.IsShareOfOwn(lane))
                continue;
            while (await MoveAsync(lane, cancellationToken))
            {
                // There is more.
            }
        }
    }

    /// <summary>Two who move the same lane write the same: its position says what is written.</summary>
    /// <returns>Whether there was anything.</returns>
    private async ValueTask<bool> MoveAsync(string lane, CancellationToken cancellationToken)
    {
        long applied = await store.PositionAsync(lane, cancellationToken);
        IReadOnlyList<StagedBlock> blocks = await lanes.Of(lane).ReadAsync(applied, TelemetryMover.BytesAtOnce, cancellationToken);
        long position = blocks.Count > 0 ? blocks[^1].Position : applied;
        if (blocks.Count > 0)
            await store.ApplyAsync(lane, position, time.Now(), SeriesCollector.Unpack(blocks), cancellationToken);
        await lanes.ForgetAsync(lane, position, cancellationToken);
        return blocks.Count > 0;
    }
}
