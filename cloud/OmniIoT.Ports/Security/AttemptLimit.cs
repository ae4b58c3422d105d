namespace OmniIoT.Ports.Security;

/// <summary>
/// Counts attempts by key in windows that begin with a key's first attempt; whoever has made too many waits for the window's end.
/// </summary>
/// <param name="window">How long a window is.</param>
public sealed class AttemptLimit<TKey>(TimeProvider time, TimeSpan window)
    where TKey : notnull
{
    /// <summary>Keys remembered at once; beyond it those whose window is over are forgotten, then all.</summary>
    private const int MaximumKeys = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Attempts> _attempts = [];

    /// <summary>Counts an attempt, unless the key has made as many as it may.</summary>
    /// <returns>How long the key still has to wait; null when the attempt was counted.</returns>
    public TimeSpan? Take(TKey key, int maximum)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            if (_attempts.Count >= MaximumKeys)
                Forget(now);
            bool running = _attempts.TryGetValue(key, out Attempts attempts) && IsRunning(attempts, now);
            if (running && attempts.Count >= maximum)
                return attempts.Since + window - now;
            _attempts[key] = running ? attempts with { Count = attempts.Count + 1 } : new Attempts(now, 1);
            return null;
        }
    }

    /// <summary>Takes one off what the key's running window has counted.</summary>
    public void GiveBack(TKey key)
    {
        lock (_lock)
        {
            if (!_attempts.TryGetValue(key, out Attempts attempts))
                return;
            if (attempts.Count > 1)
                _attempts[key] = attempts with { Count = attempts.Count - 1 };
            else
                _attempts.Remove(key);
        }
    }

    private bool IsRunning(Attempts attempts, DateTimeOffset now) => now - attempts.Since < window;

    private void Forget(DateTimeOffset now)
    {
        foreach ((TKey key, Attempts attempts) in _attempts)
        {
            if (!IsRunning(attempts, now))
                _attempts.Remove(key);
        }
        if (_attempts.Count >= MaximumKeys)
            _attempts.Clear();
    }

    private readonly record struct Attempts(DateTimeOffset Since, int Count);
}
