using Microsoft.Extensions.Hosting;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Commit.Live;

/// <summary>
/// Tells the watchers of this process what all processes of the cluster commit, in the order of the log. While nobody watches it keeps
/// its place only.
/// </summary>
public sealed class ChangePoller(IChangeLog log, LiveHub hub, BackgroundLoops loops) : BackgroundService
{
    private const int AtOnce = 1000;

    /// <summary>What a person takes for at once.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    private long _position;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunEveryAsync(Interval, PartNames.Cluster, "following the change log", FollowAsync, stoppingToken);

    /// <summary>
    /// The newest number is read before the look for watchers: one who comes after that look reads the log itself up to where it is by
    /// then, and so misses nothing of what is left out here.
    /// </summary>
    private async ValueTask FollowAsync(CancellationToken cancellationToken)
    {
        long last = await log.LastAsync(cancellationToken);
        if (!hub.HasReaders)
            _position = last;
        while (_position < last)
        {
            IReadOnlyList<Change> changes = await log.AfterAsync(_position, AtOnce, cancellationToken);
            if (changes.Count == 0)
                return;
            hub.Publish(changes);
            _position = changes[^1].Sequence;
        }
    }
}
