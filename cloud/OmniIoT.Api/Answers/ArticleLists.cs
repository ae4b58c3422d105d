using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Meaning;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Answers;

/// <summary>Articles page by page, and those that answer a question.</summary>
internal static class ArticleLists
{
    public static async Task<IResult> ListAsync(
        ICatalog catalog,
        IDocumentQueries documents,
        [AsParameters] ArticleQuery query,
        CancellationToken cancellationToken
    )
    {
        Knowledge known = catalog.Answers;
        PageRequest page = Query.Page(query.Cursor, query.Limit, count: query.Count);
        IReadOnlyList<AnswerMatch> found = query.Find(known);
        int from = Start(page.Cursor);
        List<ArticleView> views = [];
        foreach (AnswerMatch match in found.Skip(from).Take(page.Limit))
        {
            if (await documents.FindAsync(DocumentKind.Article, match.Key, cancellationToken) is { } document)
                views.Add(ViewOf(document, known.Articles.GetValueOrDefault(match.Key), query, match.Score));
        }
        int end = from + page.Limit;
        return TypedResults.Ok(
            new Page<ArticleView>(views, end < found.Count ? end.ToString(CultureInfo.InvariantCulture) : null)
            {
                Total = page.Count ? found.Count : null,
            }
        );
    }

    private static ArticleView ViewOf(Document document, Article? article, ArticleQuery query, double score) =>
        new(
            document.Id,
            JsonSerializer.Deserialize<JsonElement>(document.Json),
            query.IsSearch ? Math.Round(score, 3) : null,
            article is { IsForCustomers: true } ? $"/help/{query.LanguageOf()}/{Uri.EscapeDataString(document.Id)}" : null
        );

    private static int Start(string? cursor)
    {
        if (cursor is null)
            return 0;
        return int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out int start)
            ? start
            : throw Query.Refuse("cursor", "is none that an answer named");
    }
}
