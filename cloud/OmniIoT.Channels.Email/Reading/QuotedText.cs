namespace OmniIoT.Channels.Email.Reading;

/// <summary>Plain words, and behind them the mail that they answer.</summary>
/// <param name="Quoted">Empty when nothing is quoted, or when there is nothing else.</param>
internal sealed record QuotedText(string Words, string Quoted)
{
    private static readonly string[] Separators = ["-----Original Message-----", "________________________________"];

    public static QuotedText Split(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        int start = SeparatorIn(lines) ?? QuoteIn(lines);
        string words = string.Join('\n', lines[..start]).Trim();
        return words.Length == 0
            ? new QuotedText(string.Join('\n', lines).Trim(), "")
            : new QuotedText(words, string.Join('\n', lines[start..]).Trim());
    }

    private static int? SeparatorIn(string[] lines)
    {
        int at = Array.FindIndex(lines, line => Separators.Any(separator => line.StartsWith(separator, StringComparison.Ordinal)));
        return at < 0 ? null : at;
    }

    /// <summary>Where nothing but quoted lines follow, with the line that says who wrote them.</summary>
    private static int QuoteIn(string[] lines)
    {
        int start = lines.Length;
        while (start > 0 && (lines[start - 1].StartsWith('>') || string.IsNullOrWhiteSpace(lines[start - 1])))
            start--;
        if (!lines[start..].Any(line => line.StartsWith('>')))
            return lines.Length;
        if (start == 0 || !lines[start - 1].TrimEnd().EndsWith(':'))
            return start;
        start--;
        // "On Monday, Leyla <leyla@example.com>" and "wrote:" are one sentence that was broken.
        return
            start > 0
            && !lines[start].StartsWith("On ", StringComparison.Ordinal)
            && lines[start - 1].StartsWith("On ", StringComparison.Ordinal)
            ? start - 1
            : start;
    }
}
