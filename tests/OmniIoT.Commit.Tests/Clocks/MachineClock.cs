namespace OmniIoT.Commit.Tests.Clocks;

/// <summary>A machine's two clocks: one that is set, and one that only goes on.</summary>
internal sealed class MachineClock : TimeProvider
{
    private DateTimeOffset _set = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _set + _passed;

    public override long GetTimestamp() => _passed.Ticks;

    /// <summary>Time passes.</summary>
    public void Pass(TimeSpan time) => _passed += time;

    /// <summary>Somebody sets the clock.</summary>
    public void Leap(TimeSpan by) => _set += by;
}
