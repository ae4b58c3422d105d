namespace OmniIoT.Domain.Answers.Models;

/// <summary>What a language model may answer from.</summary>
/// <param name="Id">What it cites it by: the id of an article, or <c>device:</c> and the id of a device.</param>
/// <param name="Text">Plain.</param>
public sealed record ModelSource(string Id, string Title, string Text);
