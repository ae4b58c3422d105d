namespace OmniIoT.Edge.Rules;

/// <summary>What local rules can speak of.</summary>
/// <param name="Metrics">
/// What is measured here, and how often. An output is none: a rule that waits for what it does itself never rests.
/// </param>
/// <param name="Outputs">Their ids.</param>
internal sealed record RuleNames(IReadOnlyDictionary<string, TimeSpan> Metrics, IReadOnlySet<string> Outputs);
