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

    /// <summary>How long the key still has to wait after so many attempts; null when it need not.</summary>
    public TimeSpan? WaitOf(TKey key, int maximum)
    {
        lock (_lock)
        {
            if (!_attempts.TryGetValue(key, out Attempts attempts) || attempts.Count < maximum)
                return null;
            TimeSpan wait = attempts.Since + window - time.GetUtcNow();
            return wait > TimeSpan.Zero ? wait : null;
        }
    }

    public void Count(TKey key)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            if (_attempts.Count >= MaximumKeys)
                Forget(now);
            bool running = _attempts.TryGetValue(key, out Attempts attempts) && now - attempts.Since < window;
            _attempts[key] = running ? attempts with { Count = attempts.Count + 1 } : new Attempts(now, 1);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach ((TKey key, Attempts attempts) in _attempts)
        {
            if (now - attempts.Since >= window)
                _attempts.Remove(key);
        }
        if (_attempts.Count >= MaximumKeys)
            _attempts.Clear();
    }

    private readonly record struct Attempts(DateTimeOffset Since, int Count);
}
