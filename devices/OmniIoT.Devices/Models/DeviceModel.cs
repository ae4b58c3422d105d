using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Rules;

namespace OmniIoT.Devices.Models;

/// <summary>A kind of product: what it measures, understands and does when something is wrong. Immutable.</summary>
public sealed class DeviceModel
{
    public static readonly TimeSpan DefaultHealthyFor = TimeSpan.FromMinutes(10);

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>In the document's order, which is the order of the slots.</summary>
    public required IReadOnlyList<KeyValuePair<string, MetricDefinition>> Metrics { get; init; }

    public required IReadOnlyDictionary<string, CommandDefinition> Commands { get; init; }

    /// <summary>In the document's order; <see cref="RuleTransition.RuleIndex"/> counts in it.</summary>
    public required IReadOnlyList<RuleDefinition> Rules { get; init; }

    public required IReadOnlyList<MaintenanceDefinition> Maintenance { get; init; }

    /// <summary>How long telemetry must be healthy before a resolved case stays resolved.</summary>
    public TimeSpan HealthyFor { get; init; } = DefaultHealthyFor;

    /// <summary>Telemetry that stays away for longer is a gap, whichever metric one waits for.</summary>
    public TimeSpan LongestGap =>
        Metrics.Select(metric => metric.Value.Interval).DefaultIfEmpty(MetricDefinition.DefaultInterval).Max()
        * MetricDefinition.IntervalsInGap;

    /// <summary>Names and slots of the metrics.</summary>
    public required MetricSchema Schema { get; init; }

    /// <summary>The rules, ready to run.</summary>
    public required RuleSet RuleSet { get; init; }

    /// <summary>The document as it was written.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Whether an alarm of that type can still come from this model.</summary>
    public bool RaisesAlarm(string type) => RuleSet.IndexOf(type) >= 0 || Maintenance.Any(entry => entry.Type == type);

    public MetricDefinition? Metric(string name) =>
        Schema.TryFind(System.Text.Encoding.UTF8.GetBytes(name), out int slot) ? Metrics[slot].Value : null;
}
