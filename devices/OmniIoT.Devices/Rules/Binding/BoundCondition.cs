namespace OmniIoT.Devices;

/// <summary>A condition ready to run, and what its rule must know of it.</summary>
/// <param name="FirstSlot">Slot of the first metric in the text; -1 when it names none.</param>
/// <param name="Durations">Where its durations stand in <see cref="RuleState.Since"/>.</param>
/// <param name="SilentFor">Its <c>silent for</c>, in milliseconds.</param>
/// <param name="WaitsForEvent">It holds only for the moment of an event, so its negation says nothing.</param>
internal sealed record BoundCondition(
    TruthNode Node, int FirstSlot, Range Durations, long[] SilentFor, bool WaitsForEvent, RuleThreshold? Threshold);
