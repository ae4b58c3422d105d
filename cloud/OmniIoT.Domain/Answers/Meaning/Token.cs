namespace OmniIoT.Domain.Answers.Meaning;

/// <summary>A word of a text, with what it may mean.</summary>
/// <param name="Stem">The folded word without most of its ending.</param>
/// <param name="Concepts">What it stands for, in whatever language it is said; often nothing.</param>
internal readonly record struct Token(string Stem, IReadOnlyList<string> Concepts);
