namespace OmniIoT.Edge.Queue;

/// <summary>
/// How much the queue may hold. Whichever bound is met first, the oldest readings go and are counted: after a long
/// outage the newest state is worth more than the start of the outage.
/// </summary>
public sealed record QueueLimits
{
    /// <summary>A month of a reading every three seconds.</summary>
    public long MaxCount { get; init; } = 1_000_000;

    /// <summary>Bytes of readings, without SQLite's own overhead of about a third.</summary>
    public long MaxBytes { get; init; } = 256L * 1024 * 1024;

    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(30);
}
