namespace OmniIoT.Edge.Queue;

/// <summary>
/// How much the queue may hold. Whichever bound is met first, the oldest readings of the lowest priority go and are counted: after a long
/// outage the newest state is worth more than the start of the outage.
/// </summary>
public sealed record QueueLimits
{
    /// <summary>Of its files together, at least 1 MiB. The default keeps two weeks of a reading a second.</summary>
    public long MaxBytes { get; init; } = 200L * 1024 * 1024;

    /// <summary>
    /// How long a reading may wait while the agent runs. The time that the machine was off does not count: nothing but its clock
    /// could tell it, and a clock that leaps, as one without a battery does, would empty the queue.
    /// </summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);
}
