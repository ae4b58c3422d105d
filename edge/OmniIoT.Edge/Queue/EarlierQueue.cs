using Microsoft.Data.Sqlite;
using OmniIoT.Devices.Time;

namespace OmniIoT.Edge.Queue;

/// <summary>The queue of earlier versions, a SQLite file: read once, into the segments.</summary>
internal static class EarlierQueue
{
    private const string Name = "queue.db";

    /// <summary>The file that was the queue here; null when there is none. Where the directory is to be, it makes way.</summary>
    public static string? Find(string directory)
    {
        string beside = directory.TrimEnd(Path.DirectorySeparatorChar) + ".db";
        if (File.Exists(directory))
            Move(directory, beside);
        return new[] { beside, Path.Combine(directory, Name) }.FirstOrDefault(File.Exists);
    }

    /// <summary>Tells every reading that can be read, in order. The last number that it handed out; null when damage hides that.</summary>
    public static long? Read(string path, Action<long, Instant, byte[]> take)
    {
        // Not pooled: closing must release the file.
        using SqliteConnection connection = new(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                Mode = SqliteOpenMode.ReadWrite,
            }.ToString()
        );
        long last = 0;
        try
        {
            connection.Open();
            foreach ((long seq, Instant at, byte[] values) in Rows(connection, "ASC", 0))
            {
                take(seq, at, values);
                last = seq;
            }
            return HandedOut(connection);
        }
        catch (SqliteException)
        {
            foreach ((long seq, Instant at, byte[] values) in BehindDamage(connection, last))
                take(seq, at, values);
            return null;
        }
    }

    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }

    /// <summary>Keeps a damaged one for whoever wants to look.</summary>
    public static void SetAside(string path)
    {
        Move(path, path + ".corrupt");
        File.Delete(path + ".corrupt-shm");
    }

    private static void Move(string from, string to)
    {
        foreach (string part in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(from + part))
                File.Move(from + part, to + part, overwrite: true);
        }
    }

    /// <summary>What can be reached from the other end, oldest first.</summary>
    private static List<(long Seq, Instant At, byte[] Values)> BehindDamage(SqliteConnection connection, long after)
    {
        List<(long Seq, Instant At, byte[] Values)> found = [];
        try
        {
            found.AddRange(Rows(connection, "DESC", after));
        }
        catch (Exception damage) when (damage is SqliteException or InvalidOperationException)
        {
            // As far as it went.
        }
        found.Reverse();
        return found;
    }

    private static IEnumerable<(long Seq, Instant At, byte[] Values)> Rows(SqliteConnection connection, string order, long after)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT seq, at, body FROM reading WHERE seq > $after ORDER BY seq {order}";
        command.Parameters.AddWithValue("$after", after);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            yield return (reader.GetInt64(0), new Instant(reader.GetInt64(1)), reader.GetFieldValue<byte[]>(2));
    }

    private static long? HandedOut(SqliteConnection connection) =>
        Scalar(connection, "PRAGMA quick_check(1)") is "ok"
            ? Scalar(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'reading'") as long?
            : null;

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
