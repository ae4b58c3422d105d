using OmniIoT.Domain.Search;
using OmniIoT.Sql.Reading;

namespace OmniIoT.Sql.Searching;

/// <summary>How an engine finds rows by their words; what it finds is the same whichever engine it is.</summary>
internal interface ITextIndex
{
    /// <summary>A condition on the rows of a table, that they say every word of a query.</summary>
    /// <param name="select">Of the table; has the condition's values afterwards.</param>
    ValueTask<string> SaysAsync(Select select, Searched table, SearchQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// A query for the ids of rows that say every word of a query; null where they are so many that looking at each row costs less.
    /// </summary>
    ValueTask<string?> IdsAsync(Select select, Searched table, SearchQuery query, CancellationToken cancellationToken);

    /// <summary>A condition on a column with the words of a row, that it says one in one of several ways.</summary>
    string Says(Select select, string column, IReadOnlyList<string> ways);

    /// <summary>A condition on the rows of a table that leaves those few which say every word of a query and were written last.</summary>
    string Newest(Select select, Searched table, SearchQuery query, NewestRows wanted);
}

/// <param name="Match">How much of each word is said.</param>
/// <param name="Kinds">Of entries of timelines: those of messages, or all others; null where the table has none.</param>
/// <param name="Most">How many rows.</param>
internal sealed record NewestRows(WordMatch Match, EntryKinds? Kinds, int Most);

/// <summary>Which entries of timelines are meant.</summary>
internal enum EntryKinds
{
    Messages,
    Others,
}
