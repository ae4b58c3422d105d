using System.Globalization;
using OmniIoT.Sql.Searching;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Searching;

/// <summary>
/// Writes the indexes of words anew without what was deleted: the engine only marks it, and leaves it out when it merges. A little at a
/// time, for the writer waits meanwhile.
/// </summary>
internal static class WordCleansing
{
    /// <summary>Pages merged at once: some milliseconds.</summary>
    private const int PagesAtOnce = 64;

    public static void Run(DatabaseConnection connection, Func<bool> isStopping)
    {
        foreach (Searched table in Searched.All)
        {
            // A negative number puts all parts of the index together; what that began goes on until a step has nothing to do.
            for (int pages = -PagesAtOnce; Merge(connection, table, pages) && !isStopping(); pages = PagesAtOnce) { }
        }
    }

    /// <summary>False when there is nothing left to merge, which the engine tells by changing one row at most.</summary>
    private static bool Merge(DatabaseConnection connection, Searched table, int pages)
    {
        long before = connection.TotalChanges;
        string words = table.Table + "_words";
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {words} ({words}, rank) VALUES ('merge', {pages})"));
        return connection.TotalChanges - before >= 2;
    }
}
