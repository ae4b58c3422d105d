using OmniIoT.Devices;

namespace OmniIoT.Simulators;

/// <summary>One recorded value.</summary>
public readonly record struct Reading(Instant At, double Value);
