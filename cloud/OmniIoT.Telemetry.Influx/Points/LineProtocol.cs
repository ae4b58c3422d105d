using System.Globalization;
using System.Text;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Influx.Points;

/// <summary>
/// Lines of InfluxDB's line protocol: https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/. Within a text only quotation
/// mark and backslash are escaped; line breaks and other control characters stand for themselves.
/// </summary>
internal static class LineProtocol
{
    /// <summary>Longest name of a metric, in UTF-8: a series is named in 64 KiB, a tag's name and value in as many.</summary>
    public const int MaximumNameBytes = 16 * 1024;

    /// <summary>Longest text, in UTF-8: a request carries 10 MB (InfluxDB 3) or more.</summary>
    public const int MaximumTextBytes = 4 * 1024 * 1024;

    /// <summary>Whether InfluxDB can hold a reading at all.</summary>
    public static bool Holds(in Reading reading) =>
        PointTime.Holds(reading.At.UnixMilliseconds) && (reading.Value.Text is not { } text || IsWithin(text, MaximumTextBytes));

    public static bool HoldsMetric(string metric) => IsWithin(metric, MaximumNameBytes);

    /// <summary>What all points of a series begin with.</summary>
    public static string Series(string deviceId, string metric) =>
        $"{Schema.Readings},{Schema.Device}={Tag(deviceId)},{Schema.Metric}={Tag(metric)}";

    public static void Append(StringBuilder lines, string series, in Reading reading)
    {
        PointKind kind = PointKinds.Of(reading.Value);
        lines.Append(series).Append(CultureInfo.InvariantCulture, $" {Schema.Kind}={(int)kind}i");
        switch (kind)
        {
            case PointKind.Number or PointKind.Boolean:
                lines.Append(CultureInfo.InvariantCulture, $",{Schema.Number}={reading.Value.Number}");
                break;
            case PointKind.Text:
                AppendText(lines, reading.Value.Text!);
                break;
            case PointKind.NotFinite:
                AppendText(lines, reading.Value.Number.ToString(CultureInfo.InvariantCulture));
                break;
        }
        if (reading.Seq is { } seq)
            lines.Append(CultureInfo.InvariantCulture, $",{Schema.Seq}={seq}i");
        lines.Append(CultureInfo.InvariantCulture, $" {PointTime.Of(reading)}\n");
    }

    /// <summary>The position that a lane reached; of one day only the newest stays.</summary>
    public static void AppendPosition(StringBuilder lines, string lane, long position, Instant recordedAt) =>
        lines.Append(
            CultureInfo.InvariantCulture,
            $"{Schema.Applied},{Schema.Lane}={Tag(lane)} {Schema.Position}={position}i {Day(recordedAt)}\n"
        );

    /// <summary>When a month was written to; of one day only the newest stays.</summary>
    public static void AppendMonth(StringBuilder lines, Month month, Instant recordedAt) =>
        lines.Append(
            CultureInfo.InvariantCulture,
            $"{Schema.Months},{Schema.Month}={NameOf(month)} {Schema.WrittenAt}={recordedAt.UnixMilliseconds}i {Day(recordedAt)}\n"
        );

    /// <summary>A month as <c>2026-11</c>.</summary>
    public static string NameOf(Month month) => string.Create(CultureInfo.InvariantCulture, $"{month.Year:D4}-{month.Number:D2}");

    private static long Day(Instant at) => PointTime.StartOf(Time.Floor(at.UnixMilliseconds, Time.Day));

    private static string Tag(string name) =>
        TagValue
            .Encode(name)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("=", "\\=", StringComparison.Ordinal)
            .Replace(" ", "\\ ", StringComparison.Ordinal);

    private static void AppendText(StringBuilder lines, string text) =>
        lines
            .Append(',')
            .Append(Schema.Text)
            .Append("=\"")
            .Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
            .Append('"');

    /// <summary>A character has three bytes at most; only long texts need counting.</summary>
    private static bool IsWithin(string text, int bytes) => text.Length <= bytes / 3 || Encoding.UTF8.GetByteCount(text) <= bytes;
}
