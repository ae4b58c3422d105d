using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Damage;

/// <summary>
/// Looks through the structure of a month's file. Rows bear seals; that a row is missing altogether, only the structure can tell.
/// </summary>
internal static class FileInspection
{
    /// <summary>Each hour has both of its roll-ups.</summary>
    private const string OddHours = """
        SELECT (SELECT count(*) FROM hours WHERE id NOT IN (SELECT id FROM minutes))
            + (SELECT count(*) FROM minutes WHERE id NOT IN (SELECT id FROM hours))
        """;

    /// <summary>The engine takes a broken name of a column for that of another.</summary>
    private static readonly string[] Tables =
    [
        "SELECT id, device, metric, seal FROM series",
        $"SELECT id, series, {ChunkRow.Columns} FROM chunks",
        "SELECT id, min, max, sum, count, seal FROM hours",
        "SELECT id, data, seal FROM minutes",
        "SELECT id, position, written_at FROM applied",
    ];

    /// <summary>What is wrong with a file, for people; null when nothing is, or when it was cancelled.</summary>
    public static string? Look(string path, CancellationToken cancellationToken) =>
        StructureCheck.Whole.Look(path, cancellationToken, LookAtTables);

    private static string? LookAtTables(DatabaseConnection connection)
    {
        foreach (string columns in Tables)
            connection.Prepare(columns);
        return connection.Prepare(OddHours).ReadNumber() == 0 ? null : "roll-ups of some hours are missing.";
    }
}
