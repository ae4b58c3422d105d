namespace OmniIoT.Simulators.Load;

/// <summary>
/// When a connection's messages are due. Without a rate they always are. With a rate, unpaced: the messages of each
/// tenth of a second are due together at its start. Paced: one by one, evenly.
/// </summary>
internal struct LoadSchedule
{
    private const int BurstsPerSecond = 10;

    private readonly long _started;
    private readonly double _ticksPerMessage;
    private readonly long _ticksPerBurst;
    private readonly bool _paced;
    private long _taken;

    public LoadSchedule(LoadOptions options, long started, long ticksPerSecond)
    {
        _started = started;
        _paced = options.Paced;
        _ticksPerMessage = options.Rate > 0 ? ticksPerSecond * options.Connections / options.Rate : 0;
        _ticksPerBurst = ticksPerSecond / BurstsPerSecond;
    }

    public readonly bool IsBounded => _ticksPerMessage > 0;

    /// <summary>How many are due at <paramref name="now"/> and not yet taken.</summary>
    public readonly int Due(long now)
    {
        if (!IsBounded)
            return int.MaxValue;
        long elapsed = now - _started;
        if (!_paced)
            elapsed = ((elapsed / _ticksPerBurst) + 1) * _ticksPerBurst;
        return (int)Math.Clamp((long)(elapsed / _ticksPerMessage) - _taken, 0, int.MaxValue);
    }

    /// <summary>The next message's time on the schedule.</summary>
    public long Take() => _started + (long)(++_taken * _ticksPerMessage);
}
