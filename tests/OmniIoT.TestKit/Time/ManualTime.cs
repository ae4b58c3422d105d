using System.Diagnostics;

namespace OmniIoT.TestKit.Time;

/// <summary>
/// A clock that moves only when the test says so, with the timers that are due on the way. The silo's own timers run by the real
/// clock: its probes and sweeps are not what a test of ours moves.
/// </summary>
public sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock and fires what falls due, in order of time.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset target = GetUtcNow() + by;
        while (NextDue(target) is { } timer)
            timer.Fire();
        lock (_lock)
            _now = target;
    }

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    )
    {
        if (IsAskedBySilo())
            return System.CreateTimer(callback, state, dueTime, period);
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Whether the nearest code on the stack that is neither the platform's nor ours is the silo's.</summary>
    private static bool IsAskedBySilo() =>
        new StackTrace(fNeedFileInfo: false)
            .GetFrames()
            .Select(frame => frame.GetMethod()?.Module.Assembly.GetName().Name ?? "")
            .FirstOrDefault(name =>
                name.StartsWith("Orleans.", StringComparison.Ordinal) || IsOurs(name)
            )
            ?.StartsWith("Orleans.", StringComparison.Ordinal) == true;

    private static bool IsOurs(string assembly) =>
        assembly.StartsWith("OmniIoT.", StringComparison.Ordinal)
        && assembly != typeof(ManualTime).Assembly.GetName().Name;

    private ManualTimer? NextDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            ManualTimer? next = _timers
                .Where(timer => timer.DueAt <= target)
                .MinBy(timer => timer.DueAt);
            if (next?.DueAt is { } due && due > _now)
                _now = due;
            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state)
        : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                _period = period;
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
                time._timers.Remove(this);
                if (DueAt is not null)
                    time._timers.Add(this);
            }
            return true;
        }

        public void Fire()
        {
            lock (time._lock)
            {
                bool repeats = _period > TimeSpan.Zero && _period != Timeout.InfiniteTimeSpan;
                DueAt = repeats ? DueAt + _period : null;
                if (DueAt is null)
                    time._timers.Remove(this);
            }
            callback(state);
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
