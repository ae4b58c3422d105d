using System.Text;
using OmniIoT.Api.Pages;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Articles;
using static OmniIoT.Api.Pages.PlainPage;

namespace OmniIoT.Api.Help;

/// <summary>Writes help pages: whole without a script, for any screen, in either direction.</summary>
internal static class HelpPage
{
    private const string Style = """
        body{max-width:44rem}
        header{display:flex;flex-wrap:wrap;gap:.75rem;align-items:baseline}
        header nav{display:flex;flex-wrap:wrap;gap:.75rem;margin-inline-start:auto}
        form{display:flex;gap:.5rem;margin-block:1rem}
        input{flex:1;min-width:0;font:inherit;padding:.5rem}
        button{font:inherit;padding:.5rem 1rem;min-height:2.75rem}
        img{max-width:100%;height:auto}
        table{display:block;overflow-x:auto}
        pre{overflow-x:auto}
        li{margin-block:.5rem}
        """;

    private static readonly (string Locale, string Name)[] Languages =
    [
        (Locales.English, "English"),
        (Locales.Azerbaijani, "Azərbaycanca"),
        (Locales.Arabic, "\u0627\u0644\u0639\u0631\u0628\u064A\u0629"),
        (Locales.Armenian, "Հայերեն"),
        (Locales.Persian, "\u0641\u0627\u0631\u0633\u06CC"),
    ];

    /// <summary>A list of articles, or what was found.</summary>
    /// <param name="next">Where the list goes on; null: at its end.</param>
    public static string OfList(string locale, string question, IReadOnlyList<Article> articles, string? next)
    {
        StringBuilder main = new();
        main.Append(Search(locale, question));
        if (articles.Count == 0 && question.Length > 0)
            main.Append("<p role=\"status\">").Append(Say("nothing", locale)).Append("</p>");
        main.Append("<ul>");
        foreach (Article article in articles)
            main.Append("<li><a href=\"")
                .Append(PathOf(article, locale))
                .Append("\">")
                .Append(Safe(article.Title.In(locale)))
                .Append("</a></li>");
        main.Append("</ul>");
        if (next is not null)
            main.Append("<p><a href=\"").Append(Safe(next)).Append("\">").Append(Say("older", locale)).Append("</a></p>");
        return Whole(locale, Say("title", locale), "", main.ToString());
    }

    /// <param name="thanks">Whether the reader has just said what they think of it.</param>
    public static string OfArticle(string locale, Article article, bool thanks)
    {
        string title = Safe(article.Title.In(locale));
        string language = article.Body.ByLocale.ContainsKey(locale) ? locale : Locales.English;
        string ask = thanks
            ? $"<p role=\"status\">{Say("thanks", locale)}</p>"
            : $"<form method=\"post\" action=\"{PathOf(article, locale)}/feedback\"><span>{Say("helped", locale)}</span>"
                + $"<button name=\"helped\" value=\"yes\">{Say("yes", locale)}</button>"
                + $"<button name=\"helped\" value=\"no\">{Say("no", locale)}</button></form>";
        string text = $"<article lang=\"{language}\"{DirectionOf(language)}><h1>{title}</h1>{ArticleHtml.Of(article, language)}</article>";
        return Whole(locale, title, "/" + Uri.EscapeDataString(article.Id), Search(locale, "") + text + ask);
    }

    /// <param name="notice">The key of what is said instead of an article.</param>
    public static string OfNotice(string locale, string notice) =>
        Whole(locale, Say(notice, locale), "", Search(locale, "") + $"<p role=\"status\">{Say(notice, locale)}</p>");

    public static string PathOf(Article article, string locale) => $"/help/{locale}/{Uri.EscapeDataString(article.Id)}";

    private static string Whole(string locale, string title, string path, string main) =>
        PlainPage.Of(
            locale,
            title,
            Style,
            $"<header><a href=\"/help/{locale}\">{Say("title", locale)}</a><nav>"
                + string.Concat(Languages.Select(one => Link(one.Locale, one.Name, path, one.Locale == locale)))
                + $"</nav></header><main>{main}</main>"
        );

    private static string Link(string locale, string name, string path, bool isCurrent) =>
        $"<a href=\"/help/{locale}{path}\" hreflang=\"{locale}\" lang=\"{locale}\"{(isCurrent ? " aria-current=\"page\"" : "")}>{name}</a>";

    private static string Search(string locale, string question) =>
        $"<form role=\"search\" action=\"/help/{locale}\"><input type=\"search\" name=\"q\" maxlength=\"200\" aria-label=\"{Say("ask", locale)}\" "
        + $"placeholder=\"{Say("ask", locale)}\" value=\"{Safe(question)}\"><button>{Say("search", locale)}</button></form>";
}
