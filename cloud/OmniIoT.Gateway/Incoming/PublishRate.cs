namespace OmniIoT.Gateway.Incoming;

/// <summary>
/// How fast one principal may publish, over all its connections: a virtual clock that every message moves ahead (the generic cell
/// rate algorithm, ITU-T I.371). Thread-safe.
/// </summary>
internal sealed class PublishRate(int messagesPerSecond, TimeProvider time)
{
    /// <summary>How much may come at once: a second's worth, a device's backlog after a short outage.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly long _startedAt = time.GetTimestamp();
    private long _aheadTicks;

    /// <summary>Counts messages that were read; returns how long the reader should wait before it reads more, usually not at all.</summary>
    public TimeSpan Take(int messages)
    {
        long now = time.GetElapsedTime(_startedAt).Ticks;
        long cost = messages * TimeSpan.TicksPerSecond / messagesPerSecond;
        long ahead = Interlocked.Read(ref _aheadTicks);
        long next;
        while (true)
        {
            next = Math.Max(ahead, now) + cost;
            long seen = Interlocked.CompareExchange(ref _aheadTicks, next, ahead);
            if (seen == ahead)
                break;
            ahead = seen;
        }
        return TimeSpan.FromTicks(Math.Max(0, next - now - Burst.Ticks));
    }
}
