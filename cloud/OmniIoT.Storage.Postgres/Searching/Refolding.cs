using Microsoft.Extensions.Logging;
using Npgsql;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Search;
using OmniIoT.Domain.Timeline;
using OmniIoT.Postgres;
using OmniIoT.Sql.Searching;
using OmniIoT.Storage.Postgres.Writing;

namespace OmniIoT.Storage.Postgres.Searching;

/// <summary>
/// Fills in the words of rows that have none, some rows in a transaction: those of an earlier folding lose theirs first. Of processes that
/// start at once each does a part.
/// </summary>
internal static partial class Refolding
{
    private const int RowsAtOnce = 2_000;

    public static void Run(Database database, ILogger logger)
    {
        database.InTransaction(connection =>
        {
            ForgetEarlier(connection);
            return true;
        });
        DocumentWriter.FillIn(database, logger);
        Fill(database, Searched.Devices, json => SearchTexts.Of(Json.Read<DeviceRegistration>(json)), logger);
        Fill(database, Searched.Customers, json => SearchTexts.Of(Json.Read<Customer>(json)), logger);
        Fill(database, Searched.Cases, json => SearchTexts.Of(Json.Read<Case>(json)), logger);
        Fill(database, Searched.Timeline, json => SearchTexts.Of(Json.Read<TimelineEntry>(json)), logger);
    }

    private static void ForgetEarlier(NpgsqlConnection connection)
    {
        if (connection.Number("SELECT version FROM search_state WHERE id = 1 FOR UPDATE") is { } version)
        {
            if (version == SearchFolding.Version)
                return;
            foreach (Searched table in Searched.All)
                connection.Execute($"UPDATE {table.Table} SET search = NULL");
            connection.Execute("UPDATE documents SET search = NULL");
        }
        connection.Execute(
            "INSERT INTO search_state (id, version) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET version = excluded.version",
            (long)SearchFolding.Version
        );
    }

    private static void Fill(Database database, Searched table, Func<byte[], string> textOf, ILogger logger)
    {
        long done = 0;
        for (int rows = RowsAtOnce; rows == RowsAtOnce; done += rows)
        {
            rows = database.InTransaction(connection => Fill(connection, table, textOf));
            if (rows == RowsAtOnce)
                LogProgress(logger, done + rows, table.Table);
        }
    }

    private static int Fill(NpgsqlConnection connection, Searched table, Func<byte[], string> textOf)
    {
        List<(string Id, string Text)> rows = connection.Read(
            $"SELECT id, json FROM {table.Table} WHERE search IS NULL ORDER BY id LIMIT {RowsAtOnce} FOR UPDATE SKIP LOCKED",
            [],
            row => (row.GetString(0), textOf(row.GetFieldValue<byte[]>(1)))
        );
        if (rows.Count > 0)
            connection.Execute(
                $"UPDATE {table.Table} SET search = filled.text FROM unnest($1::text[], $2::text[]) AS filled (id, text) WHERE {table.Table}.id = filled.id",
                rows.Select(row => row.Id).ToArray(),
                rows.Select(row => row.Text).ToArray()
            );
        return rows.Count;
    }

    [LoggerMessage(1505, LogLevel.Information, "Filling in the words that {Table} is searched by: {Done} rows.")]
    internal static partial void LogProgress(ILogger logger, long done, string table);
}
