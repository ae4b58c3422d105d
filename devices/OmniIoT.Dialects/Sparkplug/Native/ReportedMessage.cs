using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Twins;
using OmniIoT.Dialects.Sparkplug.Nodes;

namespace OmniIoT.Dialects.Sparkplug.Native;

/// <summary>
/// Writes what describes a node or device as a merge patch of its reported properties: <c>sparkplug</c> with its place in the
/// topics, <c>properties</c> with its metrics <c>Properties/…</c>, <c>units</c> with the engineering units of its metrics.
/// </summary>
public static class ReportedMessage
{
    /// <summary>Bytes that units may take; a birth with more of them is reported without.</summary>
    private const int MaximumUnitBytes = MergePatch.MaxBytes / 2;

    /// <summary>After a birth.</summary>
    /// <param name="device">Null for a node.</param>
    public static byte[] OfBirth(string group, string node, string? device, MetricBatch metrics, IEnumerable<BornMetric> born)
    {
        JsonObject place = new()
        {
            ["group"] = group,
            ["node"] = node,
            ["device"] = device,
        };
        JsonObject reported = new() { ["sparkplug"] = place };
        if (PropertiesOf(metrics.Readings) is { } properties)
            reported["properties"] = properties;
        JsonObject units = new(
            born.Where(metric => metric.Unit is not null).Select(metric => KeyValuePair.Create(metric.Name, (JsonNode?)metric.Unit))
        );
        if (units.Count > 0 && Encoding.UTF8.GetByteCount(units.ToJsonString()) <= MaximumUnitBytes)
            reported["units"] = units;
        return Utf8(reported);
    }

    /// <summary>After data; null when it describes nothing.</summary>
    public static byte[]? OfData(MetricBatch metrics) =>
        PropertiesOf(metrics.Readings) is { } properties ? Utf8(new JsonObject { ["properties"] = properties }) : null;

    private static JsonObject? PropertiesOf(IEnumerable<MetricReading> readings)
    {
        JsonObject properties = [];
        foreach (MetricReading reading in readings)
            if (WellKnownMetrics.IsProperty(reading.Name, out string property))
                properties[property] = ToJson(reading.Value);
        return properties.Count == 0 ? null : properties;
    }

    internal static JsonNode? ToJson(MetricValue? value) =>
        value switch
        {
            { Kind: MetricValueKind.Text, Text: var text } => JsonValue.Create(text),
            { Kind: MetricValueKind.Boolean, Boolean: var boolean } => JsonValue.Create(boolean),
            { Number: var number } => JsonValue.Create(number),
            null => null,
        };

    private static byte[] Utf8(JsonObject patch) => Encoding.UTF8.GetBytes(patch.ToJsonString());
}
