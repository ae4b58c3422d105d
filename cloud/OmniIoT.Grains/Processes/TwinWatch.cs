using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using OmniIoT.Commit.Live;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Silo;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using Orleans;

namespace OmniIoT.Grains.Processes;

/// <summary>
/// While somebody watches here, asks the other processes which twins changed there. Watchers read a twin when they next look, so that a
/// change that is told late or twice shows the same.
/// </summary>
internal sealed class TwinWatch(LiveHub hub, IProcesses processes, IGrainFactory grains, BackgroundLoops loops, TimeProvider time)
    : BackgroundService,
        IDistantTwins
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The last question to each process: an answer that comes late counts as well, since nobody gives it twice.</summary>
    private readonly ConcurrentDictionary<string, Task> _asked = new(StringComparer.Ordinal);

    public async ValueTask WatchAsync(CancellationToken cancellationToken)
    {
        string[] others = [.. processes.Active.Where(process => process != processes.Own)];
        foreach (string gone in _asked.Keys.Except(others))
            _asked.TryRemove(gone, out _);
        Task answered = Task.WhenAll(others.Select(Ask));
        await await Task.WhenAny(answered, Task.Delay(Interval, time, cancellationToken));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunEveryAsync(Interval, PartNames.Cluster, "watching twins of other processes", LookAsync, stoppingToken);

    private ValueTask LookAsync(CancellationToken cancellationToken) =>
        hub.HasReaders ? WatchAsync(cancellationToken) : ValueTask.CompletedTask;

    /// <summary>One at a time: a process that hangs is asked again once it answered, or is gone.</summary>
    private Task Ask(string process) =>
        _asked.TryGetValue(process, out Task? asked) && !asked.IsCompleted ? asked : _asked[process] = AskAsync(process);

    private async Task AskAsync(string process)
    {
        try
        {
            foreach (string device in await grains.GetGrain<IProcessGrain>(process).TakeTouchedAsync(processes.Own))
                hub.Touch(device);
        }
        catch (Exception error) when (LostCalls.MayBeMadeAgain(error))
        {
            // It is gone, or out of reach: then what it said is lost with it.
        }
    }
}
