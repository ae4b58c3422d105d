using System.Text;
using OmniIoT.Devices;

namespace OmniIoT.Domain.Answers;

/// <summary>Markdown without its marks, for channels that know no form and for looking words up.</summary>
public static class PlainText
{
    private const string Marks = "*_`~#>|";

    public static string Of(string markdown)
    {
        StringBuilder plain = new(markdown.Length);
        for (int at = 0; at < markdown.Length; at++)
        {
            char letter = markdown[at];
            if (letter is '[' or '!' && TryReadLink(markdown, at, out string shown, out int end))
            {
                plain.Append(shown);
                at = end;
            }
            else if (!Marks.Contains(letter))
                plain.Append(letter);
        }
        return plain.ToString().Trim();
    }

    /// <summary>The first paragraph, cut at a word when it is longer.</summary>
    public static string Beginning(string markdown, int maxLength)
    {
        string plain = Of(markdown).ReplaceLineEndings("\n");
        int end = plain.IndexOf("\n\n", StringComparison.Ordinal);
        string first = (end < 0 ? plain : plain[..end]).Replace('\n', ' ');
        if (first.Length <= maxLength)
            return first;
        int blank = first.LastIndexOf(' ', maxLength - 1);
        return blank > 0 ? first[..blank] + "…" : TextCut.Shortened(first, maxLength);
    }

    /// <summary>All of it, cut when it is longer.</summary>
    public static string Shortened(string markdown, int maxLength) => TextCut.Shortened(Of(markdown), maxLength);

    /// <summary>A link is read as what it shows, a picture as nothing.</summary>
    private static bool TryReadLink(string text, int at, out string shown, out int end)
    {
        (shown, end) = ("", at);
        bool isPicture = text[at] == '!';
        int open = isPicture ? at + 1 : at;
        if (open >= text.Length || text[open] != '[')
            return false;
        int close = text.IndexOf("](", open, StringComparison.Ordinal);
        int last = close < 0 ? -1 : text.IndexOf(')', close);
        if (last < 0 || text.AsSpan(open, last - open).Contains('\n'))
            return false;
        (shown, end) = (isPicture ? "" : text[(open + 1)..close], last);
        return true;
    }
}
