using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Sparkplug.Nodes;

/// <summary>A value of a metric.</summary>
/// <param name="At">When it was measured; null: when it came.</param>
public readonly record struct MetricReading(string Name, MetricValue Value, Instant? At);

/// <summary>A metric that has no value to keep.</summary>
public readonly record struct SkippedMetric(string Name, SkipReason Reason);

/// <summary>What the metrics of a payload mean.</summary>
/// <param name="Unresolved">Names and aliases (as <c>alias 7</c>) of those that only a birth can explain.</param>
public sealed record MetricBatch(
    IReadOnlyList<MetricReading> Readings,
    IReadOnlyList<SkippedMetric> Skipped,
    IReadOnlyList<string> Unresolved
)
{
    /// <summary>
    /// Reads the metrics of a payload with the birth that they refer to. Where the birth is not to be trusted, because messages after
    /// it were lost or none came, only what explains itself is taken: a name with a data type or a value that has but one meaning.
    /// </summary>
    internal static MetricBatch Read(SparkplugPayload payload, BornMetrics born, bool isTrusted)
    {
        List<MetricReading> readings = new(payload.Metrics.Count);
        List<SkippedMetric> skipped = [];
        List<string> unresolved = [];
        foreach (SparkplugMetric metric in payload.Metrics)
        {
            if (Explain(metric, born, isTrusted) is not { } known)
                unresolved.Add(metric.Name ?? (metric.Alias is { } alias ? $"alias {alias}" : "a metric without a name"));
            else if (Judge(metric, known, out MetricValue value) is var reason && reason != SkipReason.None)
                skipped.Add(new SkippedMetric(known.Name, reason));
            else
                readings.Add(new MetricReading(known.Name, value, TimeOf(metric.Timestamp ?? payload.Timestamp)));
        }
        return new MetricBatch(readings, skipped, unresolved);
    }

    private static BornMetric? Explain(SparkplugMetric metric, BornMetrics born, bool isTrusted)
    {
        if (metric.Name is not { } name)
            return isTrusted && metric.Alias is { } alias ? Typed(born.Find(alias), metric) : null;
        if (born.Find(name) is { } known)
            return Typed(known, metric);
        bool explainsItself = metric.IsNull || metric.DataType != MetricDataType.Unknown || MetricDecoder.IsSelfDescribing(metric.Value);
        return explainsItself ? new BornMetric(name, metric.DataType, null) : null;
    }

    private static BornMetric? Typed(BornMetric? known, SparkplugMetric metric) =>
        known is null || metric.DataType == MetricDataType.Unknown ? known : known with { DataType = metric.DataType };

    private static SkipReason Judge(SparkplugMetric metric, BornMetric known, out MetricValue value)
    {
        value = default;
        if (System.Text.Encoding.UTF8.GetByteCount(known.Name) is 0 or > TelemetryBatch.MaxNameBytes)
            return SkipReason.TooLong;
        return metric.IsNull ? SkipReason.Null : MetricDecoder.Decode(known.DataType, metric.Value, out value);
    }

    // What lies beyond all calendars is beyond every tolerance of the future as well.
    private static Instant? TimeOf(ulong? milliseconds) =>
        milliseconds is not { } known ? null
        : known > (ulong)Instant.MaxValue.UnixMilliseconds ? Instant.MaxValue
        : new Instant((long)known);
}
