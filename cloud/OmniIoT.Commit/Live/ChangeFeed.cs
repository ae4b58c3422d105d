using OmniIoT.Ports.Live;

namespace OmniIoT.Commit.Live;

/// <summary>Opens subscriptions to everything that becomes durable, from any point of the change log on.</summary>
/// <param name="distant">Null: there are no other processes.</param>
public sealed class ChangeFeed(IChangeLog log, LiveHub hub, IDistantTwins? distant = null)
{
    /// <param name="after">The last sequence number the subscriber knows; null starts with what happens next.</param>
    /// <param name="cancellationToken">Ends the look into the log.</param>
    public async ValueTask<ChangeSubscription> OpenAsync(long? after, CancellationToken cancellationToken)
    {
        // Watch first: what is committed after the look into the log must already be on its way to us.
        LiveHub.Watcher watcher = hub.Watch();
        try
        {
            if (distant is not null)
                await distant.WatchAsync(cancellationToken);
            long last = await log.LastAsync(cancellationToken);
            return new ChangeSubscription(log, hub, watcher, Math.Clamp(after ?? last, 0, last));
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }
}

/// <summary>
/// Every change after a position, once and in order: first from the log, then live. A subscriber that the hub cut off for
/// being slow goes back to the log. For one reader.
/// </summary>
public sealed class ChangeSubscription : IDisposable
{
    private const int BatchLimit = 500;

    private readonly IChangeLog _log;
    private readonly LiveHub _hub;
    private LiveHub.Watcher _watcher;
    private bool _live;

    internal ChangeSubscription(IChangeLog log, LiveHub hub, LiveHub.Watcher watcher, long position)
    {
        _log = log;
        _hub = hub;
        _watcher = watcher;
        Position = position;
    }

    /// <summary>The sequence number up to which everything was returned.</summary>
    public long Position { get; private set; }

    /// <summary>Devices whose twins changed since the last call.</summary>
    public IReadOnlyCollection<string> TakeTouched() => _watcher.TakeTouched();

    /// <summary>Waits for at least one change.</summary>
    public async Task<IReadOnlyList<Change>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<Change> batch = _live ? TakeLive() : await _log.AfterAsync(Position, BatchLimit, cancellationToken);
            if (batch.Count > 0)
            {
                Position = batch[^1].Sequence;
                return batch;
            }
            if (_live && !await _watcher.Changes.WaitToReadAsync(cancellationToken))
                WatchAnew();
            else
                _live = true;
        }
    }

    public void Dispose() => _watcher.Dispose();

    private List<Change> TakeLive()
    {
        List<Change> batch = [];
        while (batch.Count < BatchLimit && _watcher.Changes.TryRead(out Change? change))
        {
            if (change.Sequence > Position)
                batch.Add(change);
        }
        return batch;
    }

    private void WatchAnew()
    {
        _watcher.Dispose();
        _watcher = _hub.Watch();
        _live = false;
    }
}
