using System.Globalization;
using OmniIoT.Telemetry.Influx.Points;

namespace OmniIoT.Telemetry.Influx.Querying;

/// <summary>
/// Parts of questions in InfluxQL: https://docs.influxdata.com/influxdb/v1/query_language/spec/. One statement each: InfluxDB 3 takes no
/// more.
/// </summary>
internal static class InfluxQl
{
    /// <summary>A string in InfluxQL.</summary>
    public static string Quote(string text) =>
        "'"
        + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("'", "\\'", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
        + "'";

    /// <summary>The points of one series.</summary>
    public static string Of(string deviceId, string metric) =>
        $"{Schema.Device} = {Quote(TagValue.Encode(deviceId))} AND {Schema.Metric} = {Quote(TagValue.Encode(metric))}";

    /// <summary>
    /// A stretch of time in milliseconds, both ends inclusive, as far as InfluxDB knows time. A question that sums up by time and names
    /// no end
    /// would be taken to end now.
    /// </summary>
    public static string Within(long from, long to) =>
        Between(
            PointTime.StartOf(Math.Clamp(from, PointTime.First, PointTime.Last)),
            PointTime.EndOf(Math.Clamp(to, PointTime.First, PointTime.Last))
        );

    /// <summary>A stretch of time in nanoseconds, both ends inclusive.</summary>
    public static string Between(long from, long to) => string.Create(CultureInfo.InvariantCulture, $"time >= {from} AND time <= {to}");
}
