using OmniIoT.Devices.Time;

namespace OmniIoT.Ports;

/// <summary>The present as the platform writes it down.</summary>
public static class Clock
{
    /// <summary>The present, to the millisecond.</summary>
    public static Instant Now(this TimeProvider time) => Instant.FromTime(time.GetUtcNow());
}
