namespace OmniIoT.Domain.Search;

/// <summary>A word of a text as searching compares it.</summary>
/// <param name="Start">Where it begins in the text, in UTF-16 units.</param>
/// <param name="End">Where what follows it begins.</param>
public readonly record struct FoldedWord(string Text, int Start, int End);
