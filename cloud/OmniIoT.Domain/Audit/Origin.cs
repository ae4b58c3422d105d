namespace OmniIoT.Domain.Audit;

/// <summary>On whose behalf something is done, and from where.</summary>
/// <param name="Actor">As on timelines: <c>agent:ann</c>, <c>api</c>, <c>customer:c-1</c>.</param>
/// <param name="Address">The client's IP address; null: not known.</param>
public sealed record Origin(string Actor, string? Address)
{
    /// <summary>Whoever did not say, or not prove, who they are.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>The platform itself.</summary>
    public static Origin Platform { get; } = new("platform", null);
}
