namespace OmniIoT.Gateway.Listening;

/// <summary>
/// Says when something that may happen thousands of times a second is to be told: the first time, and then once a minute.
/// </summary>
internal sealed class Telling(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long? _toldAt;

    /// <summary>For one thread.</summary>
    public bool IsDue()
    {
        if (_toldAt is { } told && time.GetElapsedTime(told) < Pause)
            return false;
        _toldAt = time.GetTimestamp();
        return true;
    }
}
