using System.Collections.Frozen;

namespace OmniIoT.Domain.Answers.Bots;

/// <summary>Something that people want, and how it is met.</summary>
/// <param name="Keywords">By language; one of them is a strong sign.</param>
/// <param name="Examples">By language: questions as people ask them.</param>
public sealed record BotIntent(
    string Name,
    FrozenDictionary<string, IReadOnlyList<string>> Keywords,
    FrozenDictionary<string, IReadOnlyList<string>> Examples,
    BotAnswer Answer
);
