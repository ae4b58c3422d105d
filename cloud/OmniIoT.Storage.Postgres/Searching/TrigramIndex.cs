using OmniIoT.Domain.Search;
using OmniIoT.Domain.Timeline;
using OmniIoT.Sql.Reading;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Storage.Postgres.Searching;

/// <summary>
/// Finds rows by groups of three letters (pg_trgm). The planner knows by its statistics whether to ask the index or to look at rows in the
/// order of the list. Words have letters and digits only, so nothing in them means something to <c>LIKE</c>.
/// </summary>
internal sealed class TrigramIndex : ITextIndex
{
    public ValueTask<string> SaysAsync(Select select, Searched table, SearchQuery query, CancellationToken cancellationToken) =>
        new(All(select, table, query, WordMatch.Part));

    public ValueTask<string?> IdsAsync(Select select, Searched table, SearchQuery query, CancellationToken cancellationToken) =>
        new($"SELECT id FROM {table.Table} WHERE {All(select, table, query, WordMatch.Part)}");

    public string Says(Select select, string column, IReadOnlyList<string> ways) =>
        Any(ways.Select(way => $"{column} LIKE {select.Parameter($"%{way}%")}"));

    public string Newest(Select select, Searched table, SearchQuery query, NewestRows wanted)
    {
        string said = All(select, table, query, wanted.Match);
        if (wanted.Kinds is not { } kinds)
            return said;
        string not = kinds is EntryKinds.Messages ? "" : "NOT ";
        return $"{said} AND kind {not}IN ('{TimelineKind.MessageReceived}', '{TimelineKind.MessageSent}')";
    }

    private static string All(Select select, Searched table, SearchQuery query, WordMatch match)
    {
        (string before, string after) =
            match is WordMatch.Whole ? ("% ", " %")
            : table.IsNamed ? ("%", "%")
            : ("% ", "%");
        IEnumerable<string> words = query.Words.Select(ways =>
            Any(ways.Select(way => $"search LIKE {select.Parameter(before + way + after)}"))
        );
        return $"({string.Join(" AND ", words)})";
    }

    private static string Any(IEnumerable<string> conditions) => $"({string.Join(" OR ", conditions)})";
}
