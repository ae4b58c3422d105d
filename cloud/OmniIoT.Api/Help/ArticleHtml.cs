using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OmniIoT.Domain.Answers.Articles;

namespace OmniIoT.Api.Help;

/// <summary>
/// Articles as safe HTML, each made once in a language: a page that many read costs its bytes. What is replaced is forgotten.
/// </summary>
internal static class ArticleHtml
{
    private static readonly ConditionalWeakTable<Article, ConcurrentDictionary<string, string>> Made = [];

    public static string Of(Article article, string locale) =>
        Made.GetOrCreateValue(article).GetOrAdd(locale, static (locale, body) => MarkdownHtml.Of(body.In(locale)), article.Body);
}
