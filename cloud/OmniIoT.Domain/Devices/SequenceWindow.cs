namespace OmniIoT.Domain.Devices;

/// <summary>
/// Which sequence numbers of a device were taken: the newest, and which of the 64 before it (the anti-replay window of
/// RFC 4303, section 3.4.3). So a re-sent message is known even when it comes after younger ones.
/// </summary>
public struct SequenceWindow
{
    private const int Width = 64;

    /// <summary>The newest number taken; null when none was.</summary>
    public long? Newest { get; private set; }

    /// <summary>Bit n: the number n below the newest was taken.</summary>
    public ulong Taken { get; private set; }

    public SequenceWindow(long? newest, ulong taken)
    {
        Newest = newest;
        Taken = taken;
    }

    /// <summary>
    /// False when the number was taken before. A number below the window is taken again: the device counts anew (after a
    /// reset), or re-sends what is so old that only its time can tell; the telemetry store knows equal readings.
    /// </summary>
    /// <param name="seq">The message's number.</param>
    /// <param name="isNewest">Whether the message is younger, by its time, than all before: only then can the count have begun anew.</param>
    public bool TryTake(long seq, bool isNewest)
    {
        if (Newest is not { } newest)
            return Restart(seq);
        if (seq > newest)
        {
            // A difference that overflows is a jump beyond the window, too.
            ulong ahead = (ulong)seq - (ulong)newest;
            Taken = ahead >= Width ? 1 : (Taken << (int)ahead) | 1;
            Newest = seq;
            return true;
        }
        ulong behind = (ulong)newest - (ulong)seq;
        if (behind >= Width)
            return !isNewest || Restart(seq);
        ulong bit = 1UL << (int)behind;
        if ((Taken & bit) != 0)
            return false;
        Taken |= bit;
        return true;
    }

    private bool Restart(long seq)
    {
        Newest = seq;
        Taken = 1;
        return true;
    }
}
