using System.Text;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Tests.Sparkplug;

/// <summary>Payloads as nodes send them.</summary>
internal static class Payloads
{
    public static readonly Instant Start = new(1_764_000_000_000);

    public static SparkplugMetric Number(string? name, double value, ulong? alias = null) =>
        new()
        {
            Name = name,
            Alias = alias,
            DataType = MetricDataType.Double,
            Value = WireValue.Of(WireField.Double, BitConverter.DoubleToUInt64Bits(value)),
        };

    public static SparkplugMetric Text(string name, string text) =>
        new()
        {
            Name = name,
            DataType = MetricDataType.String,
            Value = WireValue.Of(WireField.String, Encoding.UTF8.GetBytes(text)),
        };

    public static SparkplugMetric BirthDeathSequence(ulong number) =>
        new()
        {
            Name = SparkplugPayload.BirthDeathSequenceName,
            DataType = MetricDataType.UInt64,
            Value = WireValue.Of(WireField.Long, number),
        };

    public static SparkplugPayload Of(ulong? sequence, params SparkplugMetric[] metrics) =>
        new()
        {
            Timestamp = (ulong)Start.UnixMilliseconds,
            Sequence = sequence,
            Metrics = metrics,
        };

    public static IEnumerable<string> Names(MetricBatch batch) => batch.Readings.Select(reading => reading.Name);
}
