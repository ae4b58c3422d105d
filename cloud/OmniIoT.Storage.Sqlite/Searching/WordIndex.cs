using System.Text.Json;
using OmniIoT.Domain.Search;
using OmniIoT.Sql.Reading;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Storage.Sqlite.Searching;

/// <summary>
/// Finds rows by FTS5. A word that many rows say would cost a look at all of them before the first is told, so where a sample says that
/// it is common, rows are looked at in the order of the list instead, and a page is soon full.
/// </summary>
internal sealed class WordIndex(ISqlReader sql) : ITextIndex
{
    private const int SampleRows = 500;

    /// <summary>Of a sample: 2 %. A page of 50 is full after 2,500 rows, which is as long as FTS5 takes for some 100,000.</summary>
    private const int CommonInSample = 10;

    public async ValueTask<string> SaysAsync(Select select, Searched table, SearchQuery query, CancellationToken cancellationToken)
    {
        if (!table.IsNamed)
            return $"says(json, {select.Parameter(JsonSerializer.Serialize(query.Words))})";
        return await FoundAsync(select, table, query, cancellationToken) is { } found ? found : $"({Looked(select, query)})";
    }

    public async ValueTask<string?> IdsAsync(Select select, Searched table, SearchQuery query, CancellationToken cancellationToken) =>
        await FoundAsync(select, table, query, cancellationToken) is { } found ? $"SELECT id FROM {table.Table} WHERE {found}" : null;

    /// <summary>A condition that the index answers; null where so many rows say the words that each is better looked at.</summary>
    private async ValueTask<string?> FoundAsync(Select select, Searched table, SearchQuery query, CancellationToken cancellationToken)
    {
        Sample sample = await SampleAsync(table, query, cancellationToken);
        if (sample.All >= CommonInSample)
            return null;
        IReadOnlyList<IReadOnlyList<string>> rare = [.. query.Words.Where((_, i) => sample.Words[i] < CommonInSample)];
        string found = Ids(select, table, rare.Count == 0 ? query.Words : rare);
        return rare.Count == query.Words.Count ? $"id IN ({found})" : $"(id IN ({found}) AND {Looked(select, query)})";
    }

    private string Looked(Select select, SearchQuery query) =>
        string.Join(" AND ", query.Words.Select(ways => Says(select, "search", ways)));

    public string Says(Select select, string column, IReadOnlyList<string> ways) =>
        $"({string.Join(" OR ", ways.Select(way => $"instr({column}, {select.Parameter(way)}) > 0"))})";

    public string Newest(Select select, Searched table, SearchQuery query, NewestRows wanted)
    {
        string match = select.Parameter(WordTerms.Match(table, query.Words, wanted.Match, wanted.Kinds));
        string words = table.Table + "_words";
        return $"id IN (SELECT id FROM {words} WHERE {words} MATCH {match} ORDER BY rowid DESC LIMIT {select.Parameter((long)wanted.Most)})";
    }

    private static string Ids(Select select, Searched table, IReadOnlyList<IReadOnlyList<string>> words) =>
        $"SELECT id FROM {table.Table}_words WHERE {table.Table}_words MATCH {select.Parameter(WordTerms.Match(table, words, WordMatch.Part))}";

    /// <summary>How many of a few rows say each word, and all of them.</summary>
    private async ValueTask<Sample> SampleAsync(Searched table, SearchQuery query, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> rows = await sql.ReadAsync(
            $"SELECT search FROM {table.Table} LIMIT {SampleRows}",
            [],
            static row => row.Text(0),
            cancellationToken
        );
        bool Has(string row, IReadOnlyList<string> ways) => ways.Any(way => row.Contains(way, StringComparison.Ordinal));
        return new Sample(
            [.. query.Words.Select(ways => rows.Count(row => Has(row, ways)))],
            rows.Count(row => query.Words.All(ways => Has(row, ways)))
        );
    }

    private sealed record Sample(IReadOnlyList<int> Words, int All);
}
