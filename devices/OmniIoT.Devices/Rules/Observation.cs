using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

/// <summary>What the rules see of one message: the device's values with the message applied, and its event if any.</summary>
public readonly ref struct Observation()
{
    public required MetricTable Values { get; init; }

    /// <summary>Device time; the time of arrival where the device's clock is not to be believed.</summary>
    public required Instant At { get; init; }

    /// <summary>
    /// False for what the device sends without a time of its own: the clock of metrics and durations stays where the device's
    /// last word put it, because readings that were taken earlier may still be on their way.
    /// </summary>
    public bool MovesTime { get; init; } = true;

    /// <summary>False when the message named no time: then another of the same moment is another, not the same once more.</summary>
    public bool IsTimed { get; init; } = true;

    /// <summary>Type of the event that the message carries; empty otherwise.</summary>
    public ReadOnlySpan<byte> EventType { get; init; }

    /// <summary>Code of the event that the message carries; empty otherwise.</summary>
    public ReadOnlySpan<byte> EventCode { get; init; }
}
