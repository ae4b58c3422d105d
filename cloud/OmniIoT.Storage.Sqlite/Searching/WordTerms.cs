using System.Text;
using OmniIoT.Domain.Timeline;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Storage.Sqlite.Searching;

/// <summary>What the index has of each record, and how it is asked for it.</summary>
internal static class WordTerms
{
    private const string Messages = "%m",
        Others = "%o";

    /// <summary>Of a record with a name: its id, and the words of its search text whole and from each of their letters on.</summary>
    public static string OfNamed(string id, string text)
    {
        HashSet<string> terms = [Id(id)];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            terms.Add("=" + word);
            for (int from = 1; from < word.Length; from++)
            {
                if (!char.IsLowSurrogate(word[from]))
                    terms.Add(word[from..]);
            }
        }
        return string.Join(' ', terms);
    }

    public static string Of(TimelineEntry entry)
    {
        string sort = entry.Kind is TimelineKind.MessageReceived or TimelineKind.MessageSent ? Messages : Others;
        string customer = entry.CustomerId is { } id ? Customer(id) : "";
        return $"{sort} {customer}{SearchTexts.Of(entry)}";
    }

    public static string Id(string id) => "#" + Caseless(id);

    public static string Customer(string id) => "@" + Caseless(id);

    /// <summary>The expression that finds what says all words of a query.</summary>
    public static string Match(Searched table, IEnumerable<IReadOnlyList<string>> words, WordMatch match, EntryKinds? kinds = null)
    {
        IEnumerable<string> all = words.Select(ways => $"({string.Join(" OR ", ways.Select(way => MatchWay(table, way, match)))})");
        return string.Join(" AND ", kinds is { } sort ? all.Prepend(Quoted(sort is EntryKinds.Messages ? Messages : Others)) : all);
    }

    public static string Quoted(string term) => $"\"{term}\"";

    private static string MatchWay(Searched table, string way, WordMatch match) =>
        (table.IsNamed, match) switch
        {
            (true, WordMatch.Whole) => Quoted("=" + way),
            (true, _) => $"{Quoted("=" + way)} * OR {Quoted(way)} *",
            (false, WordMatch.Whole) => Quoted(way),
            (false, _) => $"{Quoted(way)} *",
        };

    /// <summary>The engine compares Latin letters without case, ids have it.</summary>
    private static string Caseless(string id)
    {
        if (!id.Any(char.IsAsciiLetterUpper))
            return id;
        StringBuilder caseless = new();
        foreach (char letter in id)
            _ = char.IsAsciiLetterUpper(letter) ? caseless.Append('^').Append(char.ToLowerInvariant(letter)) : caseless.Append(letter);
        return caseless.ToString();
    }
}
