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
    private int _readers;

    /// <summary>Whether anybody watches; publishers may skip work when not.</summary>
    public bool IsWatched => !_watchers.IsEmpty;

    /// <summary>Whether anybody watches for changes.</summary>
    public bool HasReaders => Volatile.Read(ref _readers) > 0;

    public Watcher Watch() => Add(new Watcher(this, isReader: true));

    /// <summary>Watches twins only: the watcher gets no changes.</summary>
    public Watcher WatchTwins() => Add(new Watcher(this, isReader: false));

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

    private Watcher Add(Watcher watcher)
    {
        _watchers[watcher] = 0;
        if (watcher.IsReader)
            Interlocked.Increment(ref _readers);
        return watcher;
    }

    private void Forget(Watcher watcher)
    {
        if (_watchers.TryRemove(watcher, out _) && watcher.IsReader)
            Interlocked.Decrement(ref _readers);
    }

    /// <summary>One watcher's view; dispose to stop watching.</summary>
    public sealed class Watcher : IDisposable
    {
        private readonly LiveHub _hub;
        private readonly Channel<Change> _changes = Channel.CreateBounded<Change>(
            new BoundedChannelOptions(WatcherCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
        );
        private readonly Lock _lock = new();
        private HashSet<string> _touched = new(StringComparer.Ordinal);

        internal Watcher(LiveHub hub, bool isReader) => (_hub, IsReader) = (hub, isReader);

        internal bool IsReader { get; }

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
            if (!IsReader)
                return;
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
