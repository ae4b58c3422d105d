namespace OmniIoT.Domain.Answers.Meaning;

/// <summary>One way in which an entry is asked for.</summary>
/// <param name="Tokens">At least one.</param>
/// <param name="IsKeyword">Whether it is a strong sign by itself.</param>
internal sealed record Phrase(IReadOnlyList<Token> Tokens, bool IsKeyword);
