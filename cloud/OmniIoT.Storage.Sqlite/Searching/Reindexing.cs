using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Search;
using OmniIoT.Domain.Timeline;
using OmniIoT.Sql.Searching;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Reading;
using OmniIoT.Storage.Sqlite.Writing;

namespace OmniIoT.Storage.Sqlite.Searching;

/// <summary>
/// Indexes what an earlier version of the program stored, before anybody reads or writes: some rows at a time, telling how far it is; one
/// that is interrupted goes on where it was.
/// </summary>
internal sealed partial class Reindexing(DatabaseConnection connection, ILogger logger)
{
    private const int RowsAtOnce = 5_000;

    /// <summary>Fewer are done before anybody asks.</summary>
    private const int ToldFrom = 50_000;

    private const string Documents = "documents";
    private const int FirstVersion = 1;

    private readonly WordWriter _words = new(connection);

    public void Run()
    {
        FoldDocuments();
        foreach (Searched table in Searched.All)
            Run(table);
    }

    /// <summary>
    /// What documents are searched by stands in their rows: what an earlier folding wrote is forgotten, and then filled in.
    /// </summary>
    private void FoldDocuments()
    {
        Statement select = connection.Prepare("SELECT version FROM search_state WHERE name = $1").Bind(Documents);
        // Where it is not said, the first folding wrote them.
        long version = select.Step() ? select.Int64(0) : FirstVersion;
        select.Reset();
        connection.InTransactionDo(() =>
        {
            if (version != SearchFolding.Version)
                connection.Execute("UPDATE documents SET search = NULL");
            Save(Documents, null);
        });
        DocumentWriter.FillIn(connection, logger);
    }

    private void Run(Searched table)
    {
        long? position = Begin(table);
        if (position is null)
            return;
        long total = connection.Prepare($"SELECT count(*) FROM {table.Table}").ReadNumber();
        long done = 0;
        while (position is { } after)
        {
            connection.InTransactionDo(() => position = Next(table, after, ref done));
            if (total >= ToldFrom)
                LogProgress(logger, done, total, table.Table);
        }
    }

    /// <summary>Where to go on; null when all is done by the present folding.</summary>
    private long? Begin(Searched table)
    {
        Statement select = connection.Prepare("SELECT version, position FROM search_state WHERE name = $1").Bind(table.Table);
        (long Version, long? Position)? state = select.Step() ? (select.Int64(0), select.NullableInt64(1)) : null;
        select.Reset();
        if (state is { Version: SearchFolding.Version } present)
            return present.Position;
        connection.InTransactionDo(() =>
        {
            connection.Execute($"INSERT INTO {table.Table}_words ({table.Table}_words) VALUES ('delete-all')");
            Save(table.Table, long.MinValue);
        });
        return long.MinValue;
    }

    private long? Next(Searched table, long after, ref long done)
    {
        IReadOnlyList<(long Row, byte[] Json)> rows = connection
            .Prepare($"SELECT rowid, json FROM {table.Table} WHERE rowid > $1 ORDER BY rowid LIMIT {RowsAtOnce}")
            .Bind(after)
            .ReadAll(row => (row.Int64(0), row.Bytes(1).ToArray()));
        foreach ((long row, byte[] json) in rows)
            Index(table, row, json);
        done += rows.Count;
        long? position = rows.Count < RowsAtOnce ? null : rows[^1].Row;
        Save(table.Table, position);
        return position;
    }

    private void Index(Searched table, long row, byte[] json)
    {
        if (table == Searched.Timeline)
        {
            _words.Append(Json.Read<TimelineEntry>(json));
            return;
        }
        (string id, string text) = Read(table, json);
        connection.Prepare($"UPDATE {table.Table} SET search = $1 WHERE rowid = $2").Bind(text).Bind(row).Run();
        _words.Add(table, id, WordTerms.OfNamed(id, text));
    }

    private static (string Id, string Text) Read(Searched table, byte[] json)
    {
        if (table == Searched.Devices)
        {
            DeviceRegistration device = Json.Read<DeviceRegistration>(json);
            return (device.Id, SearchTexts.Of(device));
        }
        if (table == Searched.Customers)
        {
            Customer customer = Json.Read<Customer>(json);
            return (customer.Id, SearchTexts.Of(customer));
        }
        Case @case = Json.Read<Case>(json);
        return (@case.Id, SearchTexts.Of(@case));
    }

    private void Save(string table, long? position) =>
        connection
            .Prepare(
                """
                INSERT INTO search_state (name, version, position) VALUES ($1, $2, $3)
                ON CONFLICT (name) DO UPDATE SET version = excluded.version, position = excluded.position
                """
            )
            .Bind(table)
            .Bind(SearchFolding.Version)
            .Bind(position)
            .Run();

    [LoggerMessage(1504, LogLevel.Information, "Indexing for search: {Done} of {Total} rows of {Table}.")]
    internal static partial void LogProgress(ILogger logger, long done, long total, string table);
}
