using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Search;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Searching;

/// <summary>Articles that say every word of a query, in whatever language.</summary>
internal static class ArticleFinds
{
    public static SearchFinds Of(Knowledge known, SearchQuery query, int limit)
    {
        (Article Article, int Rank)[] found =
        [
            .. known
                .Articles.Values.Where(article =>
                    query.Words.All(ways => ways.Any(way => article.Searched.Contains(way, StringComparison.Ordinal)))
                )
                .Select(article => (article, SearchRank.Of(query, string.Join(' ', article.Title.ByLocale.Values), article.Searched)))
                .OrderByDescending(static one => one.Item2)
                .ThenBy(static one => one.article.Id, StringComparer.Ordinal)
                .Take(limit + 1),
        ];
        return new SearchFinds([.. found.Take(limit).Select(one => HitOf(one.Article, query))], found.Length > limit);
    }

    /// <summary>In the language in which most of the words stand.</summary>
    private static SearchHit HitOf(Article article, SearchQuery query)
    {
        string locale = article
            .Body.ByLocale.Keys.Order(StringComparer.Ordinal)
            .MaxBy(key => SearchRank.Of(query, article.Title.In(key), article.Body.In(key)))!;
        return new SearchHit(
            SearchKind.Articles,
            article.Id,
            article.Title.In(locale),
            SearchSnippet.Of(PlainText.Of(article.Body.In(locale)), query)
        );
    }
}
