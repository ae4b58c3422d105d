namespace OmniIoT.Devices;

/// <summary>Work that falls due by use, by time, or by whichever comes first.</summary>
public sealed record MaintenanceDefinition
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    /// <summary>Null: use does not matter.</summary>
    public UsageInterval? Usage { get; init; }

    /// <summary>Null: time does not matter.</summary>
    public TimeSpan? Time { get; init; }
}

/// <summary>Every so many units of a counter metric.</summary>
public sealed record UsageInterval(string Metric, double Amount);
