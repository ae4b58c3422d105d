namespace OmniIoT.Telemetry.Influx;

/// <summary>Which InfluxDB keeps the telemetry, and for how long.</summary>
public sealed record InfluxTelemetryOptions
{
    /// <summary>Of InfluxDB 1.8, 2 or 3, absolute, such as <c>http://influx:8086</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>May read, write and delete in the bucket; <c>user:password</c> for InfluxDB 1.8. Null: the server asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>Name or id of the organization; only InfluxDB 2 knows any. Default <c>-</c>: none.</summary>
    public string Org { get; init; } = "-";

    /// <summary>
    /// A bucket that is there already, best one that itself keeps everything; a database for InfluxDB 1.8 and 3, also as
    /// <c>database/retention policy</c>. InfluxDB 2 must have a mapping for reading it by this name, which it makes by itself.
    /// </summary>
    public required string Bucket { get; init; }

    /// <summary>
    /// How long readings are kept, by their device time. Default 400 days: a year and the month it is compared with. Null: as long as the
    /// bucket itself keeps them, which is the only way for InfluxDB 3, where no reading can be deleted.
    /// </summary>
    public TimeSpan? Retention { get; init; } = TimeSpan.FromDays(400);

    /// <summary>
    /// Whose staged telemetry is applied: positions of different lanes have nothing to do with each other. Default <c>main</c>.
    /// </summary>
    public string Lane { get; init; } = "main";

    /// <summary>How long one request may take. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
