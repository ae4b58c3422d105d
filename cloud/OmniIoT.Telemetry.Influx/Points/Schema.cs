namespace OmniIoT.Telemetry.Influx.Points;

/// <summary>What measurements, tags and fields are called in the bucket.</summary>
internal static class Schema
{
    /// <summary>Readings: tags <see cref="Device"/> and <see cref="Metric"/>, a field for each sort of value, and what it is.</summary>
    public const string Readings = "telemetry",
        Device = "device",
        Metric = "metric";

    public const string Kind = "kind",
        Number = "number",
        Text = "text",
        Seq = "seq";

    /// <summary>The newest position of each lane that is applied whole, day by day.</summary>
    public const string Applied = "telemetry_applied",
        Lane = "lane",
        Position = "position";

    /// <summary>When each UTC month of device time was last written to, in epoch milliseconds, day by day.</summary>
    public const string Months = "telemetry_months",
        Month = "month",
        WrittenAt = "written_at";
}
