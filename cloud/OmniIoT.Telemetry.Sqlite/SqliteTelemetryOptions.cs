namespace OmniIoT.Telemetry.Sqlite;

/// <summary>Where and how long the embedded telemetry store keeps readings.</summary>
public sealed record SqliteTelemetryOptions
{
    /// <summary>Holds one file per UTC month of device time; created when missing. It belongs to one process.</summary>
    public required string Directory { get; init; }

    /// <summary>How long readings are kept, by their device time. Default 400 days: a year and the month it is compared with.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Months that are kept open for writing, and as many for reading. Default 16: a year and a little.</summary>
    public int OpenMonths { get; init; } = 16;
}
