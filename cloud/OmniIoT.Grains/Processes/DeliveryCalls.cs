using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using OmniIoT.Commit;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using Orleans;

namespace OmniIoT.Grains.Processes;

/// <summary>
/// Tells other processes when a commit here left something that is theirs to deliver. Who is not told, because the call is lost or
/// the processes see different shares just now, finds it with its own next look.
/// </summary>
internal sealed class DeliveryCalls(
    Committer committer,
    IProcesses processes,
    IGrainFactory grains,
    BackgroundLoops loops,
    TimeProvider time
) : BackgroundService
{
    /// <summary>One that hangs keeps nobody else waiting longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly AsyncSignal _left = new();
    private readonly ConcurrentDictionary<string, byte> _holders = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        committer.DeliveriesWaiting += Note;
        await loops.RunAsync(
            PartNames.Deliveries,
            "telling other processes of deliveries",
            CallAsync,
            token => _left.WaitAsync(Timeout.InfiniteTimeSpan, time, token),
            stoppingToken
        );
        committer.DeliveriesWaiting -= Note;
    }

    private void Note(IReadOnlySet<string> targets)
    {
        foreach (string target in targets)
        {
            if (processes.HolderOf(target) is { } holder && holder != processes.Own && _holders.TryAdd(holder, 0))
                _left.Set();
        }
    }

    private async ValueTask CallAsync(CancellationToken cancellationToken)
    {
        // Taken out before the call: what is left while it is under way wants another.
        string[] called = [.. _holders.Keys.Where(holder => _holders.TryRemove(holder, out _))];
        await Task.WhenAll(called.Select(holder => CallAsync(holder, cancellationToken)));
    }

    private async Task CallAsync(string holder, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IProcessGrain>(holder).WakeDeliveriesAsync().WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It looks by itself, or it is gone, and others take its share over; one of the version before does not know the call.
        }
    }
}
