namespace OmniIoT.TestKit.Answers;

/// <summary>A question with what is right to answer.</summary>
/// <param name="SharesStem">Whether it has a word in common with the article.</param>
/// <param name="Expected">The id of the article, the name of the intent, or <c>handover</c>.</param>
public sealed record AskedQuestion(string Locale, bool SharesStem, string Expected, string Text);
