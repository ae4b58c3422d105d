using OmniIoT.Devices.Time;

namespace OmniIoT.Dialects.Sparkplug.Nodes;

/// <summary>
/// Follows the sequence numbers of a node, 0 to 255 and around: a number that is passed over may come late for a while, then it is
/// lost (Sparkplug 3.0, sections 5.4 and 6.4.1).
/// </summary>
internal sealed class SequenceTracker(TimeSpan wait)
{
    /// <summary>A number that lies further ahead is taken for one that lies behind: a repetition.</summary>
    private const int LargestGap = 127;

    private readonly Dictionary<byte, Instant> _missing = [];
    private byte _next;

    /// <summary>When the first missing number is lost; null when none is missing.</summary>
    public Instant? DueAt => _missing.Count == 0 ? null : _missing.Values.Min();

    public int MissingCount => _missing.Count;

    /// <summary>A birth of the node begins the count anew, with whatever number it has.</summary>
    public void Restart(byte sequence)
    {
        _missing.Clear();
        _next = (byte)(sequence + 1);
    }

    /// <summary>
    /// False when the count cannot be followed any more: the number was there before, or one is missing for so long that it would be
    /// taken for the next of its kind.
    /// </summary>
    public bool TryFollow(byte sequence, Instant now)
    {
        byte ahead = (byte)(sequence - _next);
        if (ahead != 0 && _missing.Remove(sequence))
            return true;
        if (ahead > LargestGap)
            return false;
        for (byte i = 0; i < ahead; i++)
            _missing[(byte)(_next + i)] = now + wait;
        _next = (byte)(sequence + 1);
        return !IsOneLongGone();
    }

    private bool IsOneLongGone()
    {
        foreach (byte missing in _missing.Keys)
            if ((byte)(_next - missing) > LargestGap)
                return true;
        return false;
    }
}
