namespace OmniIoT.Edge.Hardware;

/// <summary>Which output to switch.</summary>
public sealed record OutputSpec
{
    /// <summary>Names the output in desired properties, commands, reports and the metric <c>outputs.{id}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="OutputTypes"/>.</summary>
    public required string Type { get; init; }

    public required LineSpec Line { get; init; }

    /// <summary>The state from the start until something else is asked, and the one that a stop leaves.</summary>
    public bool IsOnWhenIdle { get; init; }
}
