using OmniIoT.Domain.Timeline;
using OmniIoT.Sql.Searching;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Searching;

/// <summary>Keeps the index of words with what is written, in the same transaction.</summary>
internal sealed class WordWriter(DatabaseConnection connection)
{
    /// <summary>To be called before the record is written: what the index has of it is known by the text that is stored.</summary>
    public void Put(Searched table, string id, string text)
    {
        Statement stored = connection.Prepare($"SELECT search FROM {table.Table} WHERE id = $1").Bind(id);
        string? before = stored.Step() ? stored.Text(0) : null;
        stored.Reset();
        if (before == text)
            return;
        if (before is not null)
            Delete(table, id);
        Add(table, id, WordTerms.OfNamed(id, text));
    }

    public void Append(TimelineEntry entry) => Add(Searched.Timeline, entry.Id, WordTerms.Of(entry));

    public void Delete(Searched table, string id) => DeleteWith(table, WordTerms.Id(id));

    /// <summary>All of a customer's timeline.</summary>
    public void EraseTimeline(string customerId) => DeleteWith(Searched.Timeline, WordTerms.Customer(customerId));

    /// <param name="terms">Between blanks.</param>
    public void Add(Searched table, string id, string terms) =>
        connection.Prepare($"INSERT INTO {table.Table}_words (words, id) VALUES ($1, $2)").Bind(terms).Bind(id).Run();

    private void DeleteWith(Searched table, string term) =>
        connection
            .Prepare(
                $"DELETE FROM {table.Table}_words WHERE rowid IN (SELECT rowid FROM {table.Table}_words WHERE {table.Table}_words MATCH $1)"
            )
            .Bind(WordTerms.Quoted(term))
            .Run();
}
