using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Metrics;

/// <summary>The newest value of one metric of one device, when it was measured, and when the one before it was.</summary>
public struct MetricSlot
{
    /// <summary>Stands for "never" in <see cref="At"/> and <see cref="PreviousAt"/>.</summary>
    public static readonly Instant Never = new(long.MinValue);

    /// <summary>A field, so that rules read it in place.</summary>
    internal MetricValue Newest;

    public readonly MetricValue Value => Newest;

    public Instant At { get; internal set; }

    public Instant PreviousAt { get; internal set; }

    public readonly bool IsReported => Newest.Kind != MetricValueKind.None;

    internal static readonly MetricSlot Empty = new() { At = Never, PreviousAt = Never };

    /// <summary>False, and nothing changes, when a newer value is already known.</summary>
    internal bool Take(in MetricValue value, Instant at)
    {
        if (at < At)
            return false;
        if (at > At)
            PreviousAt = At;
        At = at;
        Newest = value;
        return true;
    }
}
