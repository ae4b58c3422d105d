using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Pages;
using OmniIoT.Devices;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Web;

namespace OmniIoT.Api.Help;

/// <summary>The pages that customers read; nobody asks who they are.</summary>
internal static class HelpEndpoints
{
    private const int MaxQuestion = 200;
    private const int PerPage = 50;

    /// <summary>https://www.sitemaps.org/protocol.html allows no more in a file.</summary>
    private const int MostAddresses = 50_000;

    /// <summary>A word in common is not yet an answer.</summary>
    private const double Found = 0.2;

    private const string Policy = PlainPage.NothingRuns + "img-src 'self' https:; frame-ancestors 'self'";

    private static readonly XNamespace Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void MapHelp(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder help = endpoints.MapGroup("/help").ExcludeFromDescription();
        help.MapGet("", (HttpContext context) => Results.Redirect("/help/" + PreferredOf(context.Request)));
        help.MapGet("/{locale}", ListAsync);
        help.MapGet("/{locale}/{id}", Show);
        help.MapPost("/{locale}/{id}/feedback", RateAsync).DisableAntiforgery();
        endpoints.MapGet("/sitemap.xml", Sitemap).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(
        string locale,
        string? q,
        string? from,
        HttpContext context,
        ICatalog catalog,
        HelpQuotas quotas,
        HelpNotes notes
    )
    {
        if (Locales.Of(locale) is not { } language)
            return Missing(context, Locales.English);
        if (TextCut.Beginning((q ?? "").Trim(), MaxQuestion) is not { Length: > 0 } question)
            return Page(context, PageOf(catalog.Answers, language, from));
        string address = ClientAddress.Of(context);
        if (await quotas.TakeSearchAsync(address) is { } wait)
            return Busy(context, language, wait);
        IReadOnlyList<Article> found = Search(catalog.Answers, question, language);
        if (found.Count == 0)
            await notes.KeepGapAsync(question, language, address);
        return Page(context, HelpPage.OfList(language, question, found, null));
    }

    /// <param name="from">The id after which the list goes on; null: from its beginning.</param>
    private static string PageOf(Knowledge known, string language, string? from)
    {
        Article[] all =
        [
            .. known
                .Articles.Values.Where(article => article.IsForCustomers && (from is null || string.CompareOrdinal(article.Id, from) > 0))
                .Take(PerPage + 1),
        ];
        string? next = all.Length > PerPage ? $"/help/{language}?from={Uri.EscapeDataString(all[PerPage - 1].Id)}" : null;
        return HelpPage.OfList(language, "", [.. all.Take(PerPage)], next);
    }

    private static IReadOnlyList<Article> Search(Knowledge known, string question, string language) =>
        [
            .. known
                .Find(question, language, forCustomers: true, model: null, limit: 20)
                .Where(static match => match.Score >= Found)
                .Select(match => known.Articles[match.Key]),
        ];

    private static IResult Show(string locale, string id, string? thanks, HttpContext context, ICatalog catalog) =>
        Locales.Of(locale) is { } language && Find(catalog, id) is { } article
            ? Page(context, HelpPage.OfArticle(language, article, thanks is not null))
            : Missing(context, Locales.Of(locale) ?? Locales.English);

    private static async Task<IResult> RateAsync(string locale, string id, HttpContext context, ICatalog catalog, HelpNotes notes)
    {
        if (Locales.Of(locale) is not { } language || Find(catalog, id) is not { } article || !context.Request.HasFormContentType)
            return Missing(context, Locales.Of(locale) ?? Locales.English);
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["helped"].ToString() is "yes" or "no")
            await notes.KeepRatingAsync(article.Id, form["helped"] == "yes", ClientAddress.Of(context));
        return Results.Redirect(HelpPage.PathOf(article, language) + "?thanks=1");
    }

    private static Article? Find(ICatalog catalog, string id) =>
        catalog.Answers.Articles.GetValueOrDefault(id) is { IsForCustomers: true } article ? article : null;

    private static IResult Sitemap(HttpContext context, ICatalog catalog, ApiOptions options)
    {
        string host = options.PublicUrl ?? $"{context.Request.Scheme}://{context.Request.Host}";
        IEnumerable<XElement> addresses = catalog
            .Answers.Articles.Values.Where(static article => article.IsForCustomers)
            .SelectMany(article => article.Title.ByLocale.Keys.Order().Select(locale => HelpPage.PathOf(article, locale)))
            .Take(MostAddresses)
            .Select(path => new XElement(Sitemaps + "url", new XElement(Sitemaps + "loc", host + path)));
        XElement all = new(Sitemaps + "urlset", addresses);
        return Results.Text($"""<?xml version="1.0" encoding="UTF-8"?>{all}""", "application/xml", Encoding.UTF8);
    }

    /// <summary>What the reader's browser asks for first of the languages there are.</summary>
    private static string PreferredOf(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(static one => one.Quality ?? 1)
            .Select(static (StringWithQualityHeaderValue one) => Locales.Of(one.Value.Value))
            .FirstOrDefault(static locale => locale is not null)
        ?? Locales.English;

    private static IResult Missing(HttpContext context, string locale) => Page(context, HelpPage.OfNotice(locale, "missing"), 404);

    private static IResult Busy(HttpContext context, string locale, TimeSpan wait)
    {
        RetryAfter.Tell(context.Response, wait);
        return Page(context, HelpPage.OfNotice(locale, "busy"), StatusCodes.Status429TooManyRequests);
    }

    private static IResult Page(HttpContext context, string html, int status = 200) => PlainPage.Answer(context, html, Policy, status);
}
