using System.Collections.Concurrent;
using System.Threading.Channels;
using OmniIoT.Ports.Live;

namespace OmniIoT.Commit.Live;

/// <summary>
/// Tells watchers in this process what has just become durable. A watcher that falls behind is cut off (its channel
/// completes) and resumes from the change log: the hub never holds more than its bound for anyone.
/// </summary>
public sealed class LiveHub
{
    /// <summary>Changes held for one watcher: about a second of a busy day.</summary>
    private const int WatcherCapacity = 4096;

    private readonly ConcurrentDictionary<Watcher, byte> _watchers = [];

    /// <summary>Whether anybody watches; publishers may skip work when not.</summary>
    public bool IsWatched => !_watchers.IsEmpty;

    public Watcher Watch()
    {
        Watcher watcher = new(this);
        _watchers[watcher] = 0;
        return watcher;
    }

    /// <summary>Called by the committer, in the order of the commits.</summary>
    internal void Publish(IReadOnlyList<Change> changes)
    {
        foreach ((Watcher watcher, _) in _watchers)
            watcher.Offer(changes);
    }

    /// <summary>The device's twin has changed; watchers read it when they next look.</summary>
    public void Touch(string deviceId)
    {
        foreach ((Watcher watcher, _) in _watchers)
            watcher.Touch(deviceId);
    }

    private void Forget(Watcher watcher) => _watchers.TryRemove(watcher, out _);

    /// <summary>One watcher's view; dispose to stop watching.</summary>
    public sealed class Watcher : IDisposable
    {
        private readonly LiveHub _hub;
        private readonly Channel<Change> _changes = Channel.CreateBounded<Change>(
            new BoundedChannelOptions(WatcherCapacity)
            {
                SingleReader = true,
                FullMode = BoundedChannelFullMode.Wait,
            }
        );
        private readonly Lock _lock = new();
        private HashSet<string> _touched = new(StringComparer.Ordinal);

        internal Watcher(LiveHub hub) => _hub = hub;

        /// <summary>Completes when the watcher fell behind.</summary>
        public ChannelReader<Change> Changes => _changes.Reader;

        /// <summary>Devices whose twins changed since the last call.</summary>
        public IReadOnlyCollection<string> TakeTouched()
        {
            lock (_lock)
            {
                if (_touched.Count == 0)
                    return [];
                HashSet<string> taken = _touched;
                _touched = new(StringComparer.Ordinal);
                return taken;
            }
        }

        public void Dispose()
        {
            _hub.Forget(this);
            _changes.Writer.TryComplete();
        }

        internal void Offer(IReadOnlyList<Change> changes)
        {
            foreach (Change change in changes)
            {
                if (_changes.Writer.TryWrite(change))
                    continue;
                Dispose();
                return;
            }
        }

        // Under the lock, so that what is touched is either taken now or the next time.
        internal void Touch(string deviceId)
        {
            lock (_lock)
                _touched.Add(deviceId);
        }
    }
}
