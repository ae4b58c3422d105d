namespace OmniIoT.Edge.Hardware;

/// <summary>A sensor that also speaks by itself, from its first successful reading on.</summary>
public interface IEventSensor : ISensor
{
    /// <summary>
    /// Something changed, at the time given: the first edge of what turned out to be no bounce. Raised on a thread of the
    /// driver or of a timer; a handler must not throw and must not wait.
    /// </summary>
    event Action<DateTimeOffset, Measurement>? Changed;
}
