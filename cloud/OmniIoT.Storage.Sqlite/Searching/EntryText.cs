using System.Text.Json;
using OmniIoT.Domain.Timeline;
using OmniIoT.Sql.Searching;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Searching;

/// <summary>
/// <c>says(json, words)</c> in statements: whether an entry of a timeline has words that begin with each of a query's. One customer's
/// entries are few, so that folding them costs less than keeping a second copy of each.
/// </summary>
internal static class EntryText
{
    public static void Define(DatabaseConnection connection) => connection.Define("says", Says);

    private static bool Says(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> words)
    {
        string text = SearchTexts.Of(Json.Read<TimelineEntry>(entry));
        string[][] query = JsonSerializer.Deserialize<string[][]>(words)!;
        return query.All(ways => ways.Any(way => text.Contains(" " + way, StringComparison.Ordinal)));
    }
}
