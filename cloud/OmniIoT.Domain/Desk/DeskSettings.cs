namespace OmniIoT.Domain.Desk;

/// <summary>How the company talks.</summary>
public sealed record DeskSettings
{
    /// <summary>For so long after its end a conversation opens again when its customer writes; later a new one begins.</summary>
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.FromHours(72);
}
