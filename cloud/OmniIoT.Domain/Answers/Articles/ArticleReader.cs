using System.Text.Json;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Answers.Articles;

/// <summary>
/// Reads <c>{"title":{"en"},"body":{"en":"markdown"},"keywords":[],"models":[],"status":"draft|published","public"}</c>. Without a status
/// it is a draft; without <c>public</c> customers may read it once it is published.
/// </summary>
public static class ArticleReader
{
    private const int MaxTitle = 200;
    private const int MaxBody = 60_000;
    private const int MaxWords = 100;
    private const int MaxWord = 100;

    /// <param name="id">Its id, from the address.</param>
    /// <param name="document">The JSON.</param>
    public static DocumentReading<Article> Read(string id, JsonElement document) =>
        DocumentReading.Of(document, ["id", "title", "body", "keywords", "models", "status", "public"], fields => Read(id, fields));

    private static Article Read(string id, JsonFields fields)
    {
        LocalizedText? title = Required(fields, "title", MaxTitle),
            body = Required(fields, "body", MaxBody);
        return new Article
        {
            Id = id,
            Title = title ?? LocalizedText.Of(""),
            Body = body ?? LocalizedText.Of(""),
            Keywords = fields.Lists("keywords", MaxWords, MaxWord),
            Models = fields.Texts("models", MaxWords, MaxWord),
            Status = fields.Choice("status", required: false, Enum.GetValues<ArticleStatus>()) ?? ArticleStatus.Draft,
            Public = fields.Flag("public") ?? true,
        };
    }

    private static LocalizedText? Required(JsonFields fields, string name, int maxLength)
    {
        int before = fields.Mistakes;
        LocalizedText? text = fields.Localized(name, maxLength);
        if (text is null && fields.Mistakes == before)
            fields.RefuseAs(name, MistakeKinds.Required);
        return text;
    }
}
