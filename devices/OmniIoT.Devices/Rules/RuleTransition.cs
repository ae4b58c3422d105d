using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

public enum RuleTransitionKind : byte
{
    Raised,
    Cleared,
}

/// <summary>An alarm begins or ends.</summary>
/// <param name="RuleIndex">Which rule of <see cref="DeviceModel.Rules"/>.</param>
/// <param name="At">Device time of the message that decided it; for silence, when it was due.</param>
/// <param name="FirstSymptomAt">When the condition began to hold; earlier than the raising by what <c>for</c> demands.</param>
/// <param name="Value">The condition's first metric at that moment; null when it has none or it is no number.</param>
public readonly record struct RuleTransition(int RuleIndex, RuleTransitionKind Kind, Instant At, Instant FirstSymptomAt, double? Value);
