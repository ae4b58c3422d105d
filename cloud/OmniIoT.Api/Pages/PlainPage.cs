using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using OmniIoT.Domain.Answers;

namespace OmniIoT.Api.Pages;

/// <summary>What customers read without the console: a page that is whole without a script, for any screen, in either direction.</summary>
internal static class PlainPage
{
    /// <summary>Nothing is loaded and nothing runs; forms go to the host alone.</summary>
    public const string NothingRuns = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; ";

    private const string Style = """
        :root{color-scheme:light dark}
        body{font:1.05rem/1.6 system-ui,sans-serif;margin:0 auto;padding:1rem}
        :focus-visible{outline:3px solid;outline-offset:2px}
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="title">Safe already, as is <paramref name="body"/>.</param>
    /// <param name="style">Rules of its own.</param>
    /// <param name="head">What else stands in its head.</param>
    public static string Of(string locale, string title, string style, string body, string head = "") =>
        $"<!doctype html><html lang=\"{locale}\"{DirectionOf(locale)}><head><meta charset=\"utf-8\">"
        + $"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">{head}"
        + $"<title>{title}</title><style>{Style}\n{style}</style></head><body>{body}</body></html>";

    public static string DirectionOf(string locale) => Locales.IsRightToLeft(locale) ? " dir=\"rtl\"" : " dir=\"ltr\"";

    /// <summary>Words of the pages themselves.</summary>
    public static string Say(string key, string locale) => Safe(PageWords.Of(key, locale));

    /// <summary>As text, whatever stands in it.</summary>
    public static string Safe(string text) => Encoder.Encode(text);

    /// <param name="policy">The content security policy.</param>
    public static IResult Answer(HttpContext context, string html, string policy, int status)
    {
        context.Response.Headers.ContentSecurityPolicy = policy;
        return Results.Content(html, "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}
