using OmniIoT.Commit.Live;

namespace OmniIoT.Grains.Processes;

/// <summary>Remembers for other processes which twins changed here; one that does not ask any more is forgotten.</summary>
internal sealed class RemoteWatchers(LiveHub hub, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Remote> _watchers = new(StringComparer.Ordinal);

    /// <summary>The devices whose twins changed since the process last asked.</summary>
    public IReadOnlyCollection<string> Take(string process)
    {
        // As a whole, so that nobody takes a watcher for silent that is asked for just now.
        lock (_lock)
        {
            if (!_watchers.TryGetValue(process, out Remote? asking))
                _watchers[process] = asking = new Remote(hub.WatchTwins());
            asking.AskedAt = time.GetTimestamp();
            ForgetSilent();
            return asking.Watcher.TakeTouched();
        }
    }

    private void ForgetSilent()
    {
        foreach ((string process, Remote remote) in _watchers.Where(watcher => time.GetElapsedTime(watcher.Value.AskedAt) > Lease).ToList())
        {
            _watchers.Remove(process);
            remote.Watcher.Dispose();
        }
    }

    private sealed class Remote(LiveHub.Watcher watcher)
    {
        public LiveHub.Watcher Watcher { get; } = watcher;

        public long AskedAt { get; set; }
    }
}
