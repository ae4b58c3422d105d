using System.Text.Json.Nodes;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug.Native;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Sparkplug.Commands;

/// <summary>
/// A command that was sent: Sparkplug has no answer to one, so that it has succeeded once the values it set are reported.
/// </summary>
public sealed class PendingCommand(string id, SparkplugCommand command, Instant? expiresAt)
{
    private readonly Dictionary<string, MetricValue?> _missing = new(command.Awaited, StringComparer.Ordinal);

    public string Id { get; } = id;

    public SparkplugCommand Command { get; } = command;

    public Instant? ExpiresAt { get; } = expiresAt;

    /// <summary>Whether a birth of the node ends it, and no value.</summary>
    public bool AwaitsBirth => Command.Awaited.Count == 0;

    /// <summary>The values that it set, as JSON; null when it set none.</summary>
    public JsonObject? Result() =>
        AwaitsBirth
            ? null
            : new JsonObject(Command.Awaited.Select(value => KeyValuePair.Create(value.Key, ReportedMessage.ToJson(value.Value))));

    /// <summary>True once every value that it set was reported.</summary>
    public bool Sees(MetricBatch reported)
    {
        if (AwaitsBirth)
            return false;
        foreach (MetricReading reading in reported.Readings)
            if (_missing.TryGetValue(reading.Name, out MetricValue? wanted) && wanted == reading.Value)
                _missing.Remove(reading.Name);
        foreach (SkippedMetric skipped in reported.Skipped)
            if (skipped.Reason == SkipReason.Null && _missing.TryGetValue(skipped.Name, out MetricValue? wanted) && wanted is null)
                _missing.Remove(skipped.Name);
        return _missing.Count == 0;
    }
}
