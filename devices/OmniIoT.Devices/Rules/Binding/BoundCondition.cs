using OmniIoT.Devices.Rules.Nodes;

namespace OmniIoT.Devices.Rules.Binding;

/// <summary>A condition ready to run, and what its rule must know of it.</summary>
/// <param name="Slots">Of its metrics, in the order of the text, each once.</param>
/// <param name="Durations">Where its durations stand in <see cref="RuleState.Since"/>.</param>
/// <param name="SilentFor">Its <c>silent for</c>, in milliseconds.</param>
/// <param name="HasWindows">It looks at what was, not only at what is.</param>
/// <param name="WaitsForEvent">It holds only for the moment of an event, so its negation says nothing.</param>
internal sealed record BoundCondition(
    TruthNode Node,
    int[] Slots,
    Range Durations,
    long[] SilentFor,
    bool HasWindows,
    bool WaitsForEvent,
    RuleThreshold? Threshold
)
{
    /// <summary>The metrics that its durations rely on.</summary>
    public ExpectedMetric[] Expected { get; init; } = [];

    /// <summary>Its metrics' newest readings, and for how long, are all that it asks for.</summary>
    public bool LooksAtReadingsOnly { get; init; }

    /// <summary>
    /// The longest duration, window or gap between readings that it knows, in milliseconds: so far back a late reading may matter.
    /// </summary>
    public long Reach { get; init; }

    public bool HasDurations => Durations.End.Value > Durations.Start.Value;

    /// <summary>Slot of the first metric in the text; -1 when it names none.</summary>
    public int FirstSlot => Slots.Length > 0 ? Slots[0] : -1;

    /// <summary>It asks for how long, or what was.</summary>
    public bool LooksBack => HasWindows || HasDurations;
}
