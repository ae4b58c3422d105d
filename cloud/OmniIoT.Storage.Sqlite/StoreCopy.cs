using OmniIoT.Ports.Commit;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite;

/// <summary>Copies of the embedded store's database; also while a store has it open and commits.</summary>
public static class StoreCopy
{
    /// <summary>The database's name in a data directory.</summary>
    public const string DatabaseName = SqliteStore.FileName;

    /// <summary>The key's name in a data directory, unless the settings say another.</summary>
    public const string KeyName = KeyFile.FileName;

    /// <summary>Copies the database as it is at one moment, on or after the call, to a new file.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be read, or the copy not be written.</exception>
    public static void Copy(string database, string copy) => DatabaseConnection.Copy(database, copy);

    /// <summary>
    /// Readings that a copy stages get positions beyond this one: telemetry that was copied after the database may have reached it, and
    /// would take new readings at it for known.
    /// </summary>
    public static void RaiseTelemetryPosition(string copy, long position)
    {
        using DatabaseConnection connection = DatabaseConnection.OpenEditor(copy);
        connection.InTransactionDo(() =>
        {
            connection.Execute(
                """
                INSERT INTO sqlite_sequence (name, seq) SELECT 'telemetry_staged', 0
                WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'telemetry_staged')
                """
            );
            connection.Prepare("UPDATE sqlite_sequence SET seq = max(seq, $1) WHERE name = 'telemetry_staged'").Bind(position).Run();
        });
    }
}
