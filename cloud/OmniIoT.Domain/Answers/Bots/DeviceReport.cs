using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Answers.Bots;

/// <summary>How a device of the customer's is, as last committed.</summary>
/// <param name="Name">What people call it: its name, else its model.</param>
/// <param name="Alarm">Its worst active alarm; null: it reports no trouble.</param>
public sealed record DeviceReport(string DeviceId, string Name, string Model, DeviceAlarm? Alarm);

/// <summary>What a device reports.</summary>
public sealed record DeviceAlarm(string Type, Severity Severity, Instant Since, string? CaseId)
{
    /// <summary>Of the metric that raised it; null: none did.</summary>
    public double? Value { get; init; }

    /// <summary>The metric that raised it; null: not known.</summary>
    public string? Metric { get; init; }
}
