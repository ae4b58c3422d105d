using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Devices;

/// <summary>
/// Which sequence numbers of a device were taken: the newest, which of the 64 before it (the anti-replay window of RFC 4303, section
/// 3.4.3), and, of those before them, since when all were. So a re-sent message is known even when it comes after younger ones.
/// </summary>
public struct SequenceWindow
{
    private const int Width = 64;

    /// <summary>
    /// What a client may have under way, and sends again after a broken connection; a device that counts anew is farther away than that,
    /// unless it has hardly begun.
    /// </summary>
    private const int MostUnderWay = 1024;

    private long _newest;
    private long _from;

    /// <summary>The newest number taken; null when none was.</summary>
    public readonly long? Newest => Taken == 0 ? null : _newest;

    /// <summary>Bit n: the number n below the newest was taken.</summary>
    public ulong Taken { get; private set; }

    /// <summary>The newest time that a numbered message told, as the device's clock had it; null when none did.</summary>
    public Instant? NewestAt { get; private set; }

    /// <summary>All numbers from this one to those of the window were taken.</summary>
    public readonly long From => _from;

    /// <summary>The time that the message of <see cref="From"/> told; null: nothing is known below the window.</summary>
    public Instant? FromAt { get; private set; }

    public SequenceWindow(long? newest, ulong taken, Instant? newestAt, long from = 0, Instant? fromAt = null)
    {
        NewestAt = newestAt;
        _newest = newest ?? 0;
        _from = from;
        FromAt = fromAt;
        Taken = newest is null ? 0 : taken;
    }

    /// <summary>
    /// False when the number was taken before; the newest is, whatever it tells. Lower, but with a younger time, it says that the device
    /// counts
    /// anew. Of one below the window only its time can tell; without any it says so too, and of what is old the telemetry store knows
    /// equal readings.
    /// </summary>
    /// <param name="seq">The message's number.</param>
    /// <param name="sentAt">The time that the message tells; not the one it is judged at, because a message sent again tells the
    /// same.</param>
    public bool TryTake(long seq, Instant? sentAt)
    {
        if (seq == Newest)
            return false;
        bool isYounger = NewestAt is null || sentAt > NewestAt;
        if (isYounger)
            NewestAt = sentAt ?? NewestAt;
        if (Newest is not { } newest)
            return Restart(seq, sentAt);
        if (seq > newest)
        {
            // A difference that overflows is a jump beyond the window, too.
            ulong ahead = (ulong)seq - (ulong)newest;
            if (FromAt is null || Misses(ahead))
                (_from, FromAt) = (seq, sentAt);
            Taken = ahead >= Width ? 1 : (Taken << (int)ahead) | 1;
            _newest = seq;
            return true;
        }
        ulong behind = (ulong)newest - (ulong)seq;
        if (sentAt is null ? behind >= Width : isYounger)
            return Restart(seq, sentAt);
        if (behind >= Width)
            return behind > MostUnderWay || seq < _from || !(sentAt >= FromAt);
        ulong bit = 1UL << (int)behind;
        if ((Taken & bit) != 0)
            return false;
        Taken |= bit;
        return true;
    }

    /// <summary>
    /// How much older than the newest a message is that comes after it, by its number and by its own word. The newest may have been judged
    /// at its arrival, before the time it told, so that the time of an older one alone does not say that it is late. Null: it is not older.
    /// </summary>
    public readonly TimeSpan? AgeOf(long? seq, Instant? sentAt) => seq < Newest && sentAt < NewestAt ? NewestAt - sentAt : null;

    /// <summary>Whether a number that was not taken leaves the window when it moves so far.</summary>
    private readonly bool Misses(ulong ahead)
    {
        if (ahead > Width)
            return true;
        // The bits of the numbers from the first on; before it there were none to take.
        ulong span = (ulong)_newest - (ulong)_from;
        ulong since = span >= Width - 1 ? ulong.MaxValue : (1UL << (int)(span + 1)) - 1;
        ulong leaving = ahead == Width ? ulong.MaxValue : ~(ulong.MaxValue >> (int)ahead);
        return (since & leaving & ~Taken) != 0;
    }

    private bool Restart(long seq, Instant? sentAt)
    {
        _newest = seq;
        (_from, FromAt) = (seq, sentAt);
        Taken = 1;
        return true;
    }
}
