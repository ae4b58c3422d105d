using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;

namespace OmniIoT.Api.Help;

/// <summary>
/// Markdown as safe HTML: no markup of its own, no scripts, no styles, links only to the web, mail and telephones, pictures only over TLS
/// or of this host.
/// </summary>
internal static class MarkdownHtml
{
    /// <summary>Pictures beyond these are left out: each is a call of the reader's browser.</summary>
    private const int MostPictures = 50;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    private static readonly string[] Tags =
    [
        .. "a blockquote br code em h1 h2 h3 h4 h5 h6 hr img li ol p pre strong table tbody td th thead tr ul".Split(' '),
    ];

    private static readonly HtmlSanitizer Sanitizer = Create();

    public static string Of(string markdown) => Sanitizer.Sanitize(Markdown.ToHtml(markdown, Pipeline));

    private static HtmlSanitizer Create()
    {
        HtmlSanitizer sanitizer = new(
            new HtmlSanitizerOptions
            {
                AllowedTags = Tags.ToHashSet(StringComparer.OrdinalIgnoreCase),
                AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src", "alt", "title" },
                AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto", "tel" },
                UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src" },
            }
        );
        sanitizer.PostProcessDom += static (_, made) => Finish(made.Document);
        return sanitizer;
    }

    private static void Finish(IDocument document)
    {
        foreach (IElement link in document.QuerySelectorAll("a[href]"))
            link.SetAttribute("rel", "noopener noreferrer nofollow");
        int pictures = 0;
        foreach (IElement picture in document.QuerySelectorAll("img"))
        {
            string source = picture.GetAttribute("src") ?? "";
            bool isSafe = source.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || source is ['/', not '/', ..];
            if (!isSafe || ++pictures > MostPictures)
                picture.Remove();
            else
                picture.SetAttribute("loading", "lazy");
        }
    }
}
