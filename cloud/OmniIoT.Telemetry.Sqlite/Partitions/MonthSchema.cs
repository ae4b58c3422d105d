using OmniIoT.Sqlite;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>What tables a month's file has.</summary>
internal static class MonthSchema
{
    private static readonly IReadOnlyList<Migration> Migrations = Migration.Embedded(typeof(MonthSchema).Assembly);

    /// <summary>Batches rewrite the newest pages of every series again and again, so the log is copied seldom: every 32 MiB.</summary>
    public static readonly WriterOptions Tuning = new(
        PageSize: 4096,
        CacheKibibytes: 32_768,
        CheckpointPages: 8_192,
        JournalSizeLimit: 64 << 20
    );

    /// <summary>Brings a file to the newest version through a connection that writes.</summary>
    /// <exception cref="TelemetryFileTooNewException">A newer program wrote it.</exception>
    public static void Upgrade(DatabaseConnection connection, string path, TimeProvider time) =>
        Migrator.Upgrade(connection, Migrations, time, (found, known) => new TelemetryFileTooNewException(path, found, known));

    /// <summary>Brings a file that an earlier version wrote, and nobody has written to since, to the newest version.</summary>
    public static void Upgrade(string path, TimeProvider time)
    {
        using (DatabaseConnection reader = DatabaseConnection.OpenReader(path))
        {
            if (IsBegun(reader) && VersionOf(reader) >= Migrations[^1].Version)
                return;
        }
        using DatabaseConnection connection = DatabaseConnection.OpenWriter(path, Tuning);
        Upgrade(connection, path, time);
    }

    /// <summary>
    /// Whether anything was ever committed to a file. One whose disk was full or read-only when it came into being is empty, which is no
    /// damage; a file whose list of tables is damaged has pages that none of it names.
    /// </summary>
    public static bool IsBegun(DatabaseConnection connection) =>
        connection.Prepare("SELECT count(*) FROM sqlite_schema").ReadNumber() > 0
        || connection.Prepare("PRAGMA page_count").ReadNumber() > 1;

    private static long VersionOf(DatabaseConnection connection) =>
        connection.Prepare("SELECT coalesce(max(version), 0) FROM schema_version").ReadNumber();
}
