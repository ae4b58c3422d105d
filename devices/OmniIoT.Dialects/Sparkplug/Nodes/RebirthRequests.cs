using OmniIoT.Devices.Time;

namespace OmniIoT.Dialects.Sparkplug.Nodes;

/// <summary>
/// Asks for births, and never in a storm: at once, then after a pause that doubles, as long as a birth is wanted. A node that was well
/// for longer than its last pause begins anew.
/// </summary>
internal sealed class RebirthRequests(EdgeNodeSettings settings)
{
    private TimeSpan _pause = settings.FirstRebirthPause;
    private Instant? _notBefore;

    /// <summary>Why a birth is wanted; null when none is.</summary>
    public string? Why { get; private set; }

    /// <summary>When to ask next; null when no birth is wanted.</summary>
    public Instant? DueAt => Why is null ? null : _notBefore ?? Instant.MinValue;

    public void Want(string why) => Why ??= why;

    /// <summary>The births have come.</summary>
    public void Satisfy() => Why = null;

    /// <summary>Whether to ask now; true takes the turn.</summary>
    public bool TryTake(Instant now)
    {
        if (Why is null || now < _notBefore)
            return false;
        if (_notBefore is { } since && now - since > _pause)
            _pause = settings.FirstRebirthPause;
        _notBefore = now + _pause;
        _pause = _pause + _pause < settings.LongestRebirthPause ? _pause + _pause : settings.LongestRebirthPause;
        return true;
    }

    /// <summary>Nobody heard the last request: it is made again as soon as somebody listens.</summary>
    public void TakeBack()
    {
        _notBefore = null;
        _pause = settings.FirstRebirthPause;
    }
}
