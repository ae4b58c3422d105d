namespace OmniIoT.Api.Readiness;

/// <summary>Whether the process can do its work, and which part cannot.</summary>
/// <param name="Status"><c>ok</c>, or <c>unavailable</c> when any part is.</param>
/// <param name="Parts">Every part, <c>ok</c>, <c>unavailable</c>, or <c>impaired</c> when it works and something is wrong that a person has
/// to look at: <c>storage</c>, <c>telemetry</c>, <c>gateway</c>, <c>cluster</c>,
/// <c>deliveries</c>.</param>
/// <param name="Reasons">Why, for each part that is not <c>ok</c>.</param>
public sealed record ReadinessView(string Status, IReadOnlyDictionary<string, string> Parts, IReadOnlyDictionary<string, string> Reasons)
{
    public const string Ok = "ok";
    public const string Impaired = "impaired";
    public const string Unavailable = "unavailable";
}
