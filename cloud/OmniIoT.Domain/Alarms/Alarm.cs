using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Alarms;

/// <summary>
/// A device's trouble of one type. At most one is active per device and type.
/// Times run in device time; <see cref="Value"/> is the metric that raised it, null where the rule names none.
/// </summary>
public sealed record Alarm
{
    public required string Id { get; init; }

    public required string DeviceId { get; init; }

    public required string Type { get; init; }

    public required Severity Severity { get; init; }

    public required Instant RaisedAt { get; init; }

    public required Instant FirstSymptomAt { get; init; }

    public required double? Value { get; init; }

    public string? CustomerId { get; init; }

    public string? CaseId { get; init; }

    public Instant? ClearedAt { get; init; }

    public Instant? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public AlarmState State => ClearedAt is null ? AlarmState.Active : AlarmState.Cleared;

    /// <summary>The rule's metric and bound, for a chart to draw; null where the condition is no plain comparison.</summary>
    public AlarmThreshold? Threshold { get; init; }
}

public enum AlarmState
{
    Active,
    Cleared,
}

/// <summary>A comparison of a metric with a number, such as <c>temperature &gt; 80</c>.</summary>
public sealed record AlarmThreshold(string Metric, string Operator, double Bound);
