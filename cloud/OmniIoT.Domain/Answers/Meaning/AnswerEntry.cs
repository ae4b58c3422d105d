namespace OmniIoT.Domain.Answers.Meaning;

/// <summary>Something that may answer a question, in one language.</summary>
/// <param name="Key">What it is known by; distinct.</param>
/// <param name="Keywords">One of them in a question is a strong sign.</param>
/// <param name="Phrases">Titles and questions as people ask them.</param>
/// <param name="Text">What is said of it at length; may be empty.</param>
public sealed record AnswerEntry(string Key, IReadOnlyList<string> Keywords, IReadOnlyList<string> Phrases, string Text);

/// <param name="Score">How well it meets the question, 0 to 1.</param>
public readonly record struct AnswerMatch(string Key, double Score);
