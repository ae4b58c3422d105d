using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OmniIoT.Ports.Loops;

/// <summary>
/// Runs what goes on in the background as long as the process lives. A round that fails, by whatever it throws and be it the
/// cancellation of something else, is logged, makes the loop's part not ready, and is begun again after 1 s, doubling to 5 s; a
/// round that succeeds makes it ready again. Nothing but the loop's own token ends a loop, and what a round throws then is its end.
/// </summary>
public sealed partial class BackgroundLoops(TimeProvider time, ILogger<BackgroundLoops> logger)
{
    /// <summary>A full disk is seen to be free again within seconds, and is ready by then.</summary>
    private static readonly Backoff Pause = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    /// <summary>The machine's timers may be so early; a beat that just came is not waited for again.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<(string Part, string Loop), string> _failing = [];
    private readonly long _begun = time.GetTimestamp();

    /// <summary>Null while all loops of the part are well, else which is not, and why.</summary>
    /// <param name="part">One of <see cref="PartNames"/>.</param>
    public string? TroubleOf(string part)
    {
        string[] troubles =
        [
            .. _failing.Where(loop => loop.Key.Part == part).Select(loop => $"The loop of {loop.Key.Loop} failed: {loop.Value}"),
        ];
        return troubles.Length == 0 ? null : string.Join(' ', troubles.Order(StringComparer.Ordinal));
    }

    /// <summary>Works, waits, and works again until <paramref name="stopping"/> is cancelled, which ends it without an exception.</summary>
    /// <param name="part">One of <see cref="PartNames"/>: what is not ready while the loop fails.</param>
    /// <param name="loop">For people.</param>
    /// <param name="work">One round.</param>
    /// <param name="wait">Until the next round; left out after one that failed.</param>
    /// <param name="stopping">The loop's own end.</param>
    public async Task RunAsync(
        string part,
        string loop,
        Func<CancellationToken, ValueTask> work,
        Func<CancellationToken, ValueTask> wait,
        CancellationToken stopping
    )
    {
        int failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping);
                if (failures > 0 && _failing.TryRemove((part, loop), out _))
                    LogGoesOn(logger, loop, failures);
                failures = 0;
                await wait(stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return; // A database or a socket may say in its own words that what it did was cancelled.
            }
            catch (Exception error)
            {
                // Told once for each reason: a full disk must not be filled with what is said of it.
                if (!_failing.TryGetValue((part, loop), out string? told) || told != error.Message)
                    LogFailed(logger, loop, error);
                _failing[(part, loop)] = error.Message;
                await PauseAsync(Pause.After(++failures, random: 0), stopping);
            }
        }
    }

    /// <summary>
    /// As <see cref="RunAsync"/>, a round at once and then one with each beat; one that takes longer leaves beats out. The beats of all
    /// loops fall on whole multiples of their intervals, so that a process in which nothing happens is woken once for all of them: the
    /// first may come sooner than the interval, none later.
    /// </summary>
    public Task RunEveryAsync(
        TimeSpan interval,
        string part,
        string loop,
        Func<CancellationToken, ValueTask> work,
        CancellationToken stopping
    ) => RunAsync(part, loop, work, token => UntilNextBeatAsync(interval, token), stopping);

    /// <summary>
    /// Returns at the next whole multiple of the interval, at which those that wait for the same or a part of it go on as well.
    /// </summary>
    public ValueTask UntilNextBeatAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        TimeSpan passed = time.GetElapsedTime(_begun);
        TimeSpan next = interval * (Math.Floor((passed + Early) / interval) + 1);
        return new ValueTask(Task.Delay(next - passed, time, cancellationToken));
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(pause, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop's own end, which the loop sees.
        }
    }

    [LoggerMessage(1404, LogLevel.Information, "The loop of {Loop} goes on; it had failed {Times} times in a row.")]
    private static partial void LogGoesOn(ILogger logger, string loop, int times);

    [LoggerMessage(1401, LogLevel.Error, "The loop of {Loop} failed; it begins again.")]
    private static partial void LogFailed(ILogger logger, string loop, Exception error);
}
