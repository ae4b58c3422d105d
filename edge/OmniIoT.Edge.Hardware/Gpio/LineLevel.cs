namespace OmniIoT.Edge.Hardware.Gpio;

/// <summary>
/// Tells when a line's level has really changed: once it stood for the debounce time, at the time of the first edge that led
/// there. Contacts bounce for up to some milliseconds, and a spike on a long wire is no press. Safe for concurrent use.
/// </summary>
internal sealed class LineLevel : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _debounce;
    private readonly TimeProvider _time;
    private readonly Func<bool> _read;
    private readonly ITimer _settled;
    private DateTimeOffset? _firstEdge;
    private bool _isClosed;

    /// <param name="read">The level now. May throw <see cref="IOException"/> and <see cref="InvalidOperationException"/>: then nothing
    /// has changed.</param>
    public LineLevel(TimeSpan debounce, TimeProvider time, Func<bool> read)
    {
        (_debounce, _time, _read) = (debounce, time, read);
        _settled = time.CreateTimer(static self => ((LineLevel)self!).Settle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        IsHigh = read();
    }

    /// <summary>The level that stood long enough.</summary>
    public bool IsHigh { get; private set; }

    /// <summary>With the time of the edge and the new level.</summary>
    public event Action<DateTimeOffset, bool>? Changed;

    /// <summary>There was an edge just now, towards this level.</summary>
    public void Edge(bool isHigh)
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (_lock)
        {
            if (_isClosed)
                return;
            if (_debounce > TimeSpan.Zero)
            {
                _firstEdge ??= now;
                _settled.Change(_debounce, Timeout.InfiniteTimeSpan);
                return;
            }
        }
        Take(now, isHigh);
    }

    /// <summary>Looks whether an edge went unseen; the level that counts now.</summary>
    /// <exception cref="IOException">The line cannot be read.</exception>
    public bool Look()
    {
        bool level = _read();
        if (level != IsHigh)
            Edge(level);
        return IsHigh;
    }

    public void Dispose()
    {
        lock (_lock)
            _isClosed = true;
        _settled.Dispose();
    }

    private void Settle()
    {
        DateTimeOffset at;
        lock (_lock)
        {
            if (_isClosed || _firstEdge is not { } first)
                return;
            (at, _firstEdge) = (first, null);
        }
        try
        {
            Take(at, _read());
        }
        catch (Exception failed) when (failed is IOException or InvalidOperationException)
        {
            // The next reading of the sensor meets the same failure and tells it.
        }
    }

    private void Take(DateTimeOffset at, bool isHigh)
    {
        lock (_lock)
        {
            if (_isClosed || isHigh == IsHigh)
                return;
            IsHigh = isHigh;
        }
        Changed?.Invoke(at, isHigh);
    }
}
