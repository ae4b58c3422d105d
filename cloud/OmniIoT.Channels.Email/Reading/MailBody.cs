using System.Net;
using MimeKit;
using OmniIoT.Devices;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>The words of a mail.</summary>
/// <param name="Text">Without what they quote, unless there is nothing else.</param>
/// <param name="Html">All of it, safe, what is quoted folded; null when plain words are all.</param>
internal sealed record MailBody(string Text, string? Html)
{
    // Longer than anybody writes; a log that was pasted is kept so far.
    private const int MaximumTextLength = 100_000;

    public static MailBody Of(MimeMessage mail)
    {
        string? html = mail.HtmlBody is { } form && SafeHtml.CanBeMade(form) ? form : null;
        string plain = mail.TextBody is { } text && !string.IsNullOrWhiteSpace(text) ? text : TextOf(mail.HtmlBody);
        QuotedText parts = QuotedText.Split(Bounded(plain));
        return new MailBody(parts.Words, html is null ? FoldedOf(parts) : SafeHtml.Of(html));
    }

    private static string TextOf(string? html)
    {
        if (html is null)
            return "";
        string words = HtmlText.Of(html, withQuotes: false);
        return words.Length > 0 ? words : HtmlText.Of(html, withQuotes: true);
    }

    private static string? FoldedOf(QuotedText parts) =>
        parts.Quoted.Length == 0
            ? null
            : $"<p>{Lines(parts.Words)}</p>{SafeHtml.FoldStart}<blockquote>{Lines(parts.Quoted)}</blockquote>{SafeHtml.FoldEnd}";

    private static string Lines(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string Bounded(string text) => TextCut.Beginning(text, MaximumTextLength);
}
