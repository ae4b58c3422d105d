namespace OmniIoT.Telemetry.Postgres;

/// <summary>Where the clustered telemetry store keeps its data, and for how long.</summary>
public sealed record PostgresTelemetryOptions
{
    /// <summary>Npgsql's, of a database that is there already; it may be the one of the store.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Connections of this process at once. Default 10.</summary>
    public int MaxConnections { get; init; } = 10;

    /// <summary>How long readings are kept, by their device time. Default 400 days: a year and the month it is compared with.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);

    /// <summary>
    /// Whose staged telemetry is applied: positions of different lanes have nothing to do with each other. Default <c>main</c>.
    /// </summary>
    public string Lane { get; init; } = "main";
}
