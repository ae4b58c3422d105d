using System.Text;
using MimeKit.Text;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>The words of an HTML page, a line for each block. Reads tag by tag, so that no nesting is too deep.</summary>
internal static class HtmlText
{
    private static readonly HtmlTagId[] Unread = [HtmlTagId.Script, HtmlTagId.Style, HtmlTagId.Head, HtmlTagId.Title];

    private static readonly HtmlTagId[] Breaking =
    [
        HtmlTagId.Br,
        HtmlTagId.P,
        HtmlTagId.Div,
        HtmlTagId.LI,
        HtmlTagId.TR,
        HtmlTagId.BlockQuote,
        HtmlTagId.H1,
        HtmlTagId.H2,
        HtmlTagId.H3,
    ];

    /// <param name="withQuotes">Whether what it quotes is read, too.</param>
    public static string Of(string html, bool withQuotes)
    {
        HtmlTagId[] unread = withQuotes ? Unread : [.. Unread, HtmlTagId.BlockQuote];
        StringBuilder text = new();
        int hidden = 0;
        HtmlTokenizer tokens = new(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokens.ReadNextToken(out HtmlToken? token))
        {
            if (token is HtmlTagToken tag)
            {
                if (unread.Contains(tag.Id) && !tag.IsEmptyElement)
                    hidden = Math.Max(0, hidden + (tag.IsEndTag ? -1 : 1));
                else if (hidden == 0 && Breaking.Contains(tag.Id) && text.Length > 0 && text[^1] != '\n')
                    text.Append('\n');
            }
            else if (hidden == 0 && token.Kind is HtmlTokenKind.Data)
            {
                text.Append(OneLine(((HtmlDataToken)token).Data, text));
            }
        }
        return text.ToString().Trim();
    }

    /// <summary>White space within HTML is one space, and none where a line begins.</summary>
    private static string OneLine(string data, StringBuilder before)
    {
        string line = string.Join(' ', data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        bool beginsLine = before.Length == 0 || before[^1] is '\n' or ' ';
        if (line.Length == 0)
            return beginsLine ? "" : " ";
        return (char.IsWhiteSpace(data[0]) && !beginsLine ? " " : "") + line + (char.IsWhiteSpace(data[^1]) ? " " : "");
    }
}
