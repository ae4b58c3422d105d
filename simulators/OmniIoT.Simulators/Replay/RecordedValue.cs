using OmniIoT.Devices.Time;

namespace OmniIoT.Simulators.Replay;

/// <summary>One recorded value.</summary>
public readonly record struct RecordedValue(Instant At, double Value);
