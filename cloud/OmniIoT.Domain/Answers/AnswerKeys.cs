namespace OmniIoT.Domain.Answers;

/// <summary>What intents and articles are called among what a bot may answer with.</summary>
internal static class AnswerKeys
{
    private const string Intent = "intent:";
    private const string Article = "article:";

    private const string Model = "model:";

    /// <summary>That somebody asks for a person, which every bot understands.</summary>
    public const string Person = "person:";

    public static string OfIntent(string name) => Intent + name;

    public static string OfArticle(string id) => Article + id;

    /// <summary>What a language model said.</summary>
    public static string OfModel(string text) => Model + text;

    /// <summary>The name of the intent; null: it is an article.</summary>
    public static string? IntentOf(string key) => key.StartsWith(Intent, StringComparison.Ordinal) ? key[Intent.Length..] : null;

    public static string ArticleOf(string key) => key[Article.Length..];
}
