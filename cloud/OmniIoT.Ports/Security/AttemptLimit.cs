namespace OmniIoT.Ports.Security;

/// <summary>
/// Counts attempts by key in windows that begin with a key's first attempt; whoever has made too many waits for the window's end. An
/// attempt holds a place while it is judged. Who comes while all places are held waits for one: so many at once guess no more often than
/// one after the other, and nobody who was not wrong is taken for somebody who guesses.
/// </summary>
/// <param name="window">How long a window is.</param>
public sealed class AttemptLimit<TKey>(TimeProvider time, TimeSpan window)
    where TKey : notnull
{
    /// <summary>Keys remembered at once; beyond it those whose window is over are forgotten, then all.</summary>
    private const int MaximumKeys = 10_000;

    /// <summary>Attempts of a key that wait for a place; beyond it they are sent away.</summary>
    private const int MaximumWaiting = 10_000;

    /// <summary>What is judged for longer is taken for lost: its process may be.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Attempts> _attempts = [];

    /// <summary>Gives an attempt a place to be judged, and waits for one while all are held.</summary>
    public async ValueTask<AttemptPlace> BeginAsync(TKey key, int maximum)
    {
        TaskCompletionSource<AttemptPlace> place = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            Attempts attempts = Of(key);
            attempts.Maximum = maximum;
            if (attempts.Waiting.Count >= MaximumWaiting)
                return AttemptPlace.Busy;
            attempts.Waiting.Enqueue(place);
            GivePlaces(attempts);
        }
        try
        {
            return await place.Task.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            place.TrySetResult(AttemptPlace.Busy);
            return await place.Task;
        }
    }

    /// <summary>Gives the place of an attempt back.</summary>
    /// <param name="counts">Whether it counts: it was wrong, or every one does.</param>
    public void Settle(TKey key, bool counts)
    {
        lock (_lock)
        {
            if (counts)
                Of(key).Counted++;
            if (!_attempts.TryGetValue(key, out Attempts? attempts))
                return;
            attempts.Held = Math.Max(0, attempts.Held - 1);
            GivePlaces(attempts);
            if (attempts is { Counted: 0, Held: 0 })
                _attempts.Remove(key);
        }
    }

    private Attempts Of(TKey key)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_attempts.Count >= MaximumKeys)
            Forget(now);
        if (!_attempts.TryGetValue(key, out Attempts? attempts))
            _attempts[key] = attempts = new Attempts(now);
        else if (!IsRunning(attempts, now))
            attempts.BeginAnew(now);
        return attempts;
    }

    private void GivePlaces(Attempts attempts)
    {
        while (attempts.Counted >= attempts.Maximum || attempts.Counted + attempts.Held < attempts.Maximum)
        {
            if (!attempts.Waiting.TryDequeue(out TaskCompletionSource<AttemptPlace>? next))
                return;
            if (attempts.Counted >= attempts.Maximum)
                next.TrySetResult(new AttemptPlace(attempts.Since + window - time.GetUtcNow()));
            else if (next.TrySetResult(AttemptPlace.Given))
                attempts.Held++;
        }
    }

    private bool IsRunning(Attempts attempts, DateTimeOffset now) => now - attempts.Since < window;

    private void Forget(DateTimeOffset now)
    {
        foreach ((TKey key, Attempts attempts) in _attempts)
        {
            if (!IsRunning(attempts, now))
                Forget(key, attempts);
        }
        if (_attempts.Count < MaximumKeys)
            return;
        foreach ((TKey key, Attempts attempts) in _attempts)
            Forget(key, attempts);
    }

    private void Forget(TKey key, Attempts attempts)
    {
        _attempts.Remove(key);
        attempts.BeginAnew(time.GetUtcNow());
        GivePlaces(attempts);
    }

    private sealed class Attempts(DateTimeOffset since)
    {
        public DateTimeOffset Since { get; private set; } = since;

        public int Maximum { get; set; }

        /// <summary>Settled within the window, and counting.</summary>
        public int Counted { get; set; }

        /// <summary>Being judged.</summary>
        public int Held { get; set; }

        public Queue<TaskCompletionSource<AttemptPlace>> Waiting { get; } = [];

        /// <summary>What is still held after a whole window will not be settled any more.</summary>
        public void BeginAnew(DateTimeOffset now)
        {
            Since = now;
            Counted = 0;
            Held = 0;
        }
    }
}
