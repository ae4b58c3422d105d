namespace OmniIoT.Devices.Models;

/// <summary>Work that falls due by use, by time, or by whichever comes first.</summary>
public sealed record MaintenanceDefinition
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    /// <summary>Null: use does not matter.</summary>
    public UsageInterval? Usage { get; init; }

    /// <summary>Null: time does not matter.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>What being due does: as a rule that raises a warning and opens a case.</summary>
    public RuleDefinition Rule =>
        _rule ??= new RuleDefinition
        {
            Type = Type,
            Severity = Severity.Warning,
            When = "",
            Case = new CaseTemplate { Title = Title, Priority = "low" },
        };

    private RuleDefinition? _rule;
}

/// <summary>Every so many units of a counter metric.</summary>
/// <param name="Slot">Of the metric.</param>
public sealed record UsageInterval(string Metric, int Slot, double Amount);
