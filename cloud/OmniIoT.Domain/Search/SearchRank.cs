namespace OmniIoT.Domain.Search;

/// <summary>How well a record answers a query; the same for every store.</summary>
public static class SearchRank
{
    private const int WholeTitle = 8,
        WordOfTitle = 4,
        BeginningInTitle = 3,
        WordOfText = 2,
        Elsewhere = 1;

    /// <summary>The higher the better: whole words before beginnings, the title before the text.</summary>
    public static int Of(SearchQuery query, string title, string text)
    {
        string head = SearchText.Of(title),
            body = SearchText.Of(text);
        int whole = query.Words.Count > 0 && head == SearchText.OfWords(query.Words.Select(ways => ways[0])) ? WholeTitle : 0;
        return whole + query.Words.Sum(ways => ways.Max(way => OfWord(way, head, body)));
    }

    private static int OfWord(string word, string head, string body)
    {
        string whole = $" {word} ",
            beginning = $" {word}";
        if (head.Contains(whole, StringComparison.Ordinal))
            return WordOfTitle;
        if (head.Contains(beginning, StringComparison.Ordinal))
            return BeginningInTitle;
        return body.Contains(whole, StringComparison.Ordinal) ? WordOfText : Elsewhere;
    }
}
