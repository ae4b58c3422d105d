using AngleSharp.Dom;
using Ganss.Xss;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>
/// HTML of strangers made safe: no scripts, no styles, no forms, nothing loaded from elsewhere (a picture tells its sender who reads and
/// when), links that take nothing along; what is quoted is folded.
/// </summary>
internal static class SafeHtml
{
    public const string FoldStart = "<details><summary>…</summary>";
    public const string FoldEnd = "</details>";

    private const int MaximumLength = 512 * 1024;

    private static readonly string[] Tags =
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ];

    private static readonly string[] Attributes = ["href", "title", "colspan", "rowspan", "dir", "lang"];

    private static readonly string[] Schemes = ["http", "https", "mailto", "tel"];

    private static readonly HtmlSanitizer Sanitizer = Create();

    /// <summary>Whether it is neither too long nor too costly.</summary>
    public static bool CanBeMade(string html) => html.Length <= MaximumLength && TreeCost.IsBearableOf(html);

    public static string Of(string html) => Sanitizer.Sanitize(html);

    private static HtmlSanitizer Create()
    {
        HtmlSanitizer sanitizer = new(
            new HtmlSanitizerOptions
            {
                AllowedTags = Tags.ToHashSet(StringComparer.OrdinalIgnoreCase),
                AllowedAttributes = Attributes.ToHashSet(StringComparer.OrdinalIgnoreCase),
                AllowedSchemes = Schemes.ToHashSet(StringComparer.OrdinalIgnoreCase),
                UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
            }
        );
        sanitizer.PostProcessDom += (_, made) => Finish(made.Document);
        return sanitizer;
    }

    private static void Finish(IDocument document)
    {
        foreach (IElement link in document.QuerySelectorAll("a[href]"))
        {
            link.SetAttribute("rel", "noopener noreferrer nofollow");
            link.SetAttribute("target", "_blank");
        }
        foreach (
            IElement quote in document.QuerySelectorAll("blockquote").Where(quote => quote.ParentElement?.Closest("blockquote") is null)
        )
            Fold(document, quote);
    }

    private static void Fold(IDocument document, IElement quote)
    {
        IElement details = document.CreateElement("details");
        IElement summary = document.CreateElement("summary");
        summary.TextContent = "…";
        quote.Replace(details);
        details.Append(summary, quote);
    }
}
