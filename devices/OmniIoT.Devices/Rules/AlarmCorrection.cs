using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

/// <summary>
/// A late reading shows that an alarm was different from what was told of it. Times are device time. Of several, those that never were
/// come first, the others in the order of time.
/// </summary>
/// <param name="RuleIndex">Which rule of <see cref="DeviceModel.Rules"/>.</param>
/// <param name="Was">What was told; null: nobody knew of it.</param>
/// <param name="Is">What is so; null: it never was.</param>
public readonly record struct AlarmCorrection(int RuleIndex, AlarmSpan? Was, AlarmSpan? Is);

/// <summary>An alarm from its begin to its end, in device time.</summary>
/// <param name="ClearedAt">Null while it stands.</param>
/// <param name="FirstSymptomAt">When the condition began to hold.</param>
/// <param name="Value">The condition's first metric when it was raised; null when it has none or it is no number.</param>
public readonly record struct AlarmSpan(Instant RaisedAt, Instant? ClearedAt, Instant FirstSymptomAt, double? Value)
{
    internal bool Meets(in AlarmSpan other) => !EndsBefore(other) && !other.EndsBefore(this);

    internal bool EndsBefore(in AlarmSpan other) => ClearedAt < other.RaisedAt;
}
