using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Commit.Telemetry;

/// <summary>
/// Moves committed readings from the staging table to the telemetry store, many commits at a time, so that each series gets
/// few large rows. The store remembers the position it reached: a crash in between moves nothing twice.
/// </summary>
public sealed partial class TelemetryMover(
    IStagedTelemetry staged,
    ITelemetryStore store,
    Committer committer,
    BackgroundLoops loops,
    TimeProvider time,
    ILogger<TelemetryMover> logger
) : BackgroundService, ITelemetryBarrier
{
    /// <summary>Bytes of blocks read at once, each of one commit: a few readings or many thousands; less than 30 MB unpacked.</summary>
    internal const int BytesAtOnce = 1024 * 1024;

    /// <summary>
    /// Blocks are read until there are so many readings of a series, if more wait: a row costs the same whether it holds one reading or
    /// ten, and of many devices that each say little a few blocks hold one of each.
    /// </summary>
    private const int ReadingsOfSeries = 16;

    /// <summary>However many series there are, so many readings are enough: about 60 MB.</summary>
    private const int ReadingsAtOnce = 1_000_000;

    /// <summary>Between two moves, so that the rows of a busy second are few.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ExpireEvery = TimeSpan.FromHours(1);

    /// <summary>So long the clock has to have gone on steadily before anything is deleted by it, since the start as well.</summary>
    private static readonly TimeSpan SteadyEnough = TimeSpan.FromHours(1);

    private readonly AsyncSignal _waiting = new();
    private readonly SemaphoreSlim _moving = new(1);
    private Instant _expiredAt;

    public async ValueTask CaughtUpAsync(CancellationToken cancellationToken)
    {
        long wanted = await staged.LastPositionAsync(cancellationToken);
        while (await store.PositionAsync(cancellationToken) < wanted)
            await MoveAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _moving.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        committer.TelemetryWaiting += _waiting.Set;
        await loops.RunAsync(PartNames.Telemetry, "moving telemetry", MoveAllAsync, WaitAsync, stoppingToken);
    }

    /// <summary>What fails stays staged.</summary>
    private async ValueTask MoveAllAsync(CancellationToken cancellationToken)
    {
        while (await MoveAsync(cancellationToken))
        {
            // There is more.
        }
        await ExpireAsync(cancellationToken);
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _waiting.WaitAsync(LookEvery, time, cancellationToken);
        await Task.Delay(Pause, time, cancellationToken);
    }

    /// <returns>Whether more waits than was moved.</returns>
    private async Task<bool> MoveAsync(CancellationToken cancellationToken)
    {
        await _moving.WaitAsync(cancellationToken);
        try
        {
            SeriesCollector collected = new();
            bool isMore = await CollectAsync(collected, cancellationToken);
            if (collected.Position is not { } position)
            {
                await TellPositionAsync(cancellationToken);
                return false;
            }
            await store.ApplyAsync(position, time.Now(), collected.Take(), cancellationToken);
            CommitUnit trim = new();
            trim.Effects.Add(new TrimStagedTelemetry(position));
            await committer.CommitAsync(trim);
            return isMore;
        }
        finally
        {
            _moving.Release();
        }
    }

    /// <returns>Whether more waits than was collected.</returns>
    private async Task<bool> CollectAsync(SeriesCollector collected, CancellationToken cancellationToken)
    {
        long position = await store.PositionAsync(cancellationToken);
        while (collected.Readings < Math.Min(ReadingsAtOnce, (long)ReadingsOfSeries * Math.Max(1, collected.Series)))
        {
            IReadOnlyList<StagedBlock> blocks = await staged.ReadAsync(position, BytesAtOnce, cancellationToken);
            collected.Add(blocks);
            if (blocks.Sum(block => block.Block.Length) < BytesAtOnce)
                return false;
            position = blocks[^1].Position;
        }
        return true;
    }

    /// <summary>
    /// A store that lost its position is told it again, once nothing is staged: what was staged up to there had been moved before it went.
    /// </summary>
    private async Task TellPositionAsync(CancellationToken cancellationToken)
    {
        long last = await staged.LastPositionAsync(cancellationToken);
        long position = await store.PositionAsync(cancellationToken);
        if (position < last && (await staged.ReadAsync(position, 1, cancellationToken)).Count == 0)
            await store.ApplyAsync(last, time.Now(), [], cancellationToken);
    }

    /// <summary>Deletes what is past its retention, once an hour.</summary>
    internal async Task ExpireAsync(CancellationToken cancellationToken)
    {
        Instant now = time.Now();
        if ((now - _expiredAt).Duration() < ExpireEvery || time.SteadyFor() < SteadyEnough)
            return;
        int files = await store.ExpireAsync(now, cancellationToken);
        _expiredAt = now;
        if (files > 0)
            LogExpired(logger, files);
    }

    [LoggerMessage(1602, LogLevel.Information, "{Files} telemetry files were past their retention and are gone.")]
    private static partial void LogExpired(ILogger logger, int files);
}
