using OmniIoT.Devices.Metrics;

namespace OmniIoT.Telemetry.Influx.Points;

/// <summary>
/// What a point's value is. Every point says so, because a field once written stays: a number that became a text still has its number,
/// which
/// must neither be read nor count. Kinds below <see cref="Text"/> count in the charts.
/// </summary>
internal enum PointKind
{
    Number = 1,
    Boolean = 2,
    Text = 3,

    /// <summary>Infinite, or not a number, which no field of numbers can hold: the text field has its name.</summary>
    NotFinite = 4,
    None = 5,
}

internal static class PointKinds
{
    public static PointKind Of(in MetricValue value) =>
        value.Kind switch
        {
            MetricValueKind.Number => double.IsFinite(value.Number) ? PointKind.Number : PointKind.NotFinite,
            MetricValueKind.Boolean => PointKind.Boolean,
            MetricValueKind.Text => PointKind.Text,
            _ => PointKind.None,
        };
}
