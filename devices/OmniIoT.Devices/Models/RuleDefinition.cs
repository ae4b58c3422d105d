namespace OmniIoT.Devices.Models;

/// <summary>One rule of a model. Its type is unique within the model: an alarm is a device and a type.</summary>
public sealed record RuleDefinition
{
    public required string Type { get; init; }

    public required Severity Severity { get; init; }

    public required string When { get; init; }

    /// <summary>Null: the negation of <see cref="When"/> clears, or only a person where it waits for an event.</summary>
    public string? Clear { get; init; }

    /// <summary>Null: the rule opens no case.</summary>
    public CaseTemplate? Case { get; init; }

    /// <summary>Null: the case, if any, opens at once.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Null: the customer is told nothing.</summary>
    public CustomerNotice? Notify { get; init; }
}

/// <summary>How the case of an alarm begins; texts may hold <c>{{device.name}}</c> and the like.</summary>
public sealed record CaseTemplate
{
    /// <summary>What <see cref="Priority"/> may be, the least pressing first.</summary>
    public static readonly IReadOnlyList<string> Priorities = ["low", "normal", "high", "urgent"];

    public required string Title { get; init; }

    public string Priority { get; init; } = "normal";

    public string? Queue { get; init; }

    public string? Article { get; init; }
}

/// <summary>A command that is tried first; the case opens when the alarm still stands after the wait.</summary>
public sealed record Remedy
{
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(120);

    public required string Command { get; init; }

    public TimeSpan Wait { get; init; } = DefaultWait;
}

public sealed record CustomerNotice(string Text);
