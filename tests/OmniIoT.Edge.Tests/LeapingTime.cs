using Microsoft.Extensions.Time.Testing;

namespace OmniIoT.Edge.Tests;

/// <summary>A clock that is set while time goes on as before: only what it says of the time of day changes.</summary>
internal sealed class LeapingTime(FakeTimeProvider inner) : TimeProvider
{
    public TimeSpan Leap { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Leap;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
