namespace OmniIoT.Domain.Answers.Models;

/// <summary>What a language model makes of a question; it is believed as far as <see cref="ModelQuestion.Accept"/> has it.</summary>
/// <param name="Text">What it would say.</param>
/// <param name="Sources">What it says that it took it from.</param>
public sealed record ModelAnswer(string Text, IReadOnlyList<string> Sources);
