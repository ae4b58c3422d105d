namespace OmniIoT.Grains.Silo;

/// <summary>
/// The time by which Orleans judges the members of a cluster, for a silo that is the only one. It looks ten times a second whether the
/// thread pool was held up, so that others are not given up for answers that came late here: a third of what an idle process did. There
/// are no others, and what repeats itself that often never comes due.
/// </summary>
internal sealed class TimeOfOneMember(TimeProvider time) : TimeProvider
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool never = period > TimeSpan.Zero && period < Often;
        return never
            ? time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
            : time.CreateTimer(callback, state, dueTime, period);
    }
}
