using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.History;

/// <summary>A reading that the rules judged, or a message without one.</summary>
internal struct HeardReading
{
    /// <summary>In place of a metric's: the message had no reading that rules look at, and moved device time only.</summary>
    public const int NoSlot = -1;

    /// <summary>Device time in milliseconds, as it was judged.</summary>
    public long At;
    public int Slot;

    /// <summary>With it the message is complete: rules are judged behind it.</summary>
    public bool EndsMessage;
    public MetricValue Value;
}
