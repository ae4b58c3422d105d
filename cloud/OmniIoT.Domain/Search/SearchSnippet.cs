namespace OmniIoT.Domain.Search;

/// <summary>The part of a text that was found: plain text, and where in it the words are.</summary>
/// <param name="Text">Never markup; begins or ends with … where the text goes on.</param>
/// <param name="Ranges">In the order of the text.</param>
public sealed record SearchSnippet(string Text, IReadOnlyList<SearchRange> Ranges)
{
    /// <summary>Length of the longest, in UTF-16 units, without the dots.</summary>
    public const int Longest = 160;

    /// <summary>Of the text that comes before the first word that was found.</summary>
    private const int Before = 40;

    /// <summary>Around the first word that the query finds in a text; its beginning when it finds none there.</summary>
    public static SearchSnippet Of(string text, SearchQuery query)
    {
        string line = text.ReplaceLineEndings(" ");
        List<SearchRange> found = Finds(line, query);
        int start = found.Count == 0 ? 0 : Beginning(line, found[0].Start);
        int end = Math.Min(line.Length, start + Longest);
        if (end < line.Length && char.IsLowSurrogate(line[end]))
            end--;
        string before = start > 0 ? "…" : "";
        string after = end < line.Length ? "…" : "";
        IEnumerable<SearchRange> within = found.Where(range => range.Start >= start && range.Start + range.Length <= end);
        return new SearchSnippet(
            before + line[start..end] + after,
            [.. within.Select(range => range with { Start = range.Start - start + before.Length })]
        );
    }

    /// <summary>What the query finds, as far behind the first find as a snippet reaches.</summary>
    private static List<SearchRange> Finds(string line, SearchQuery query)
    {
        List<SearchRange> found = [];
        foreach (FoldedWord word in SearchFolding.Words(line))
        {
            if (found.Count > 0 && word.Start >= found[0].Start + Longest)
                break;
            if (Match(line, word, query) is { } range)
                found.Add(range);
        }
        return found;
    }

    /// <summary>Where a snippet begins whose first find is at a place: between words.</summary>
    private static int Beginning(string text, int first)
    {
        if (first <= Before)
            return 0;
        int blank = text.IndexOf(' ', first - Before);
        return blank >= 0 && blank < first ? blank + 1 : first;
    }

    private static SearchRange? Match(string text, FoldedWord word, SearchQuery query)
    {
        foreach (string way in query.Words.SelectMany(ways => ways))
        {
            int at = word.Text.IndexOf(way, StringComparison.Ordinal);
            if (at >= 0)
                return Place(text, word, at, at + way.Length);
        }
        return null;
    }

    /// <summary>Where the folded letters of a word stand in the text: folding may write one letter as two, or leave out a mark.</summary>
    private static SearchRange Place(string text, FoldedWord word, int from, int to)
    {
        int start = word.Start,
            end = word.End,
            shortest = int.MaxValue;
        // What follows is not searched, even where each letter bears a few marks.
        int last = Math.Min(word.End, word.Start + (4 * SearchFolding.LongestWord));
        for (int at = last; at >= word.Start; at--)
        {
            if (at < text.Length && char.IsLowSurrogate(text[at]))
                continue;
            int folded = FoldedLength(text[word.Start..at]);
            // Marks behind the last letter belong to it.
            if (folded >= to && folded < shortest)
                (shortest, end) = (folded, at);
            if (folded > from)
                continue;
            start = from == 0 ? word.Start : at;
            break;
        }
        return new SearchRange(start, end - start);
    }

    private static int FoldedLength(string part) => SearchFolding.Words(part).Sum(word => word.Text.Length);
}

/// <summary>A part of a text, in UTF-16 units.</summary>
public readonly record struct SearchRange(int Start, int Length);
