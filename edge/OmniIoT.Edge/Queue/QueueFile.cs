using Microsoft.Data.Sqlite;
using OmniIoT.Devices.Time;

namespace OmniIoT.Edge.Queue;

/// <summary>The queue's SQLite file: write-ahead log, flushed to the disk at every commit.</summary>
internal sealed class QueueFile : IDisposable
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    private QueueFile(SqliteConnection connection)
    {
        _connection = connection;
        _insert = Command("INSERT INTO reading(at, body) VALUES ($at, $body) RETURNING seq");
        _insert.Parameters.Add("$at", SqliteType.Integer);
        _insert.Parameters.Add("$body", SqliteType.Blob);
        Count = Scalar("SELECT count(*) FROM reading");
        Bytes = Scalar("SELECT coalesce(sum(length(body)), 0) FROM reading");
        LastSeq = Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'reading'");
    }

    public long Count { get; private set; }

    public long Bytes { get; private set; }

    public long LastSeq { get; }

    /// <summary>Null when empty.</summary>
    public Instant? OldestAt => Count == 0 ? null : new Instant(Scalar("SELECT at FROM reading ORDER BY seq LIMIT 1"));

    public static bool IsCorruption(SqliteException failure) => failure.SqliteErrorCode is Corrupt or NotADatabase;

    /// <param name="firstSeq">Where a new file begins to count.</param>
    public static QueueFile Open(string path, long firstSeq)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        // Not pooled: closing must release the file, so that it can be set aside.
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Prepare(connection, firstSeq);
            return new QueueFile(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the newest corrupt file for whoever wants to look, and no more than that one.</summary>
    public static void SetAside(string path)
    {
        File.Move(path, path + ".corrupt", overwrite: true);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }

    public long Insert(Instant at, byte[] values)
    {
        _insert.Parameters[0].Value = at.UnixMilliseconds;
        _insert.Parameters[1].Value = values;
        long seq = (long)_insert.ExecuteScalar()!;
        Count++;
        Bytes += values.Length;
        return seq;
    }

    public List<QueuedReading> Oldest(int maxCount, int maxBytes)
    {
        List<QueuedReading> readings = new();
        using SqliteCommand command = Command("SELECT seq, at, body FROM reading ORDER BY seq LIMIT $count", ("$count", maxCount));
        using SqliteDataReader reader = command.ExecuteReader();
        for (int bytes = 0; reader.Read(); )
        {
            QueuedReading reading = new(reader.GetInt64(0), new Instant(reader.GetInt64(1)), reader.GetFieldValue<byte[]>(2));
            bytes += reading.Values.Length;
            if (bytes > maxBytes && readings.Count > 0)
                break;
            readings.Add(reading);
        }
        return readings;
    }

    public long DeleteUpTo(long seq) => Delete("seq <= $limit", seq);

    public long DeleteOldest(long count) => Delete("seq IN (SELECT seq FROM reading ORDER BY seq LIMIT $limit)", count);

    /// <summary>Only from the front: what stands behind a younger reading stays until that one goes.</summary>
    public long DeleteOlderThan(Instant at) =>
        Delete("seq < coalesce((SELECT min(seq) FROM reading WHERE at >= $limit), 9223372036854775807)", at.UnixMilliseconds);

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }

    private long Delete(string where, long limit)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using SqliteCommand measure = Command(
            $"SELECT count(*), coalesce(sum(length(body)), 0) FROM reading WHERE {where}",
            ("$limit", limit)
        );
        using SqliteCommand delete = Command($"DELETE FROM reading WHERE {where}", ("$limit", limit));
        (measure.Transaction, delete.Transaction) = (transaction, transaction);
        long count,
            bytes;
        using (SqliteDataReader reader = measure.ExecuteReader())
        {
            reader.Read();
            (count, bytes) = (reader.GetInt64(0), reader.GetInt64(1));
        }
        delete.ExecuteNonQuery();
        transaction.Commit();
        Count -= count;
        Bytes -= bytes;
        return count;
    }

    private static void Prepare(SqliteConnection connection, long firstSeq)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
        if (command.ExecuteScalar() is not "wal")
            throw new SqliteException("The queue's file takes no write-ahead log.", Corrupt);
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok")
            throw new SqliteException("The queue's file is damaged.", Corrupt);
        // AUTOINCREMENT: a number is never used twice, not even when the queue was empty at a restart.
        command.CommandText = """
            CREATE TABLE IF NOT EXISTS reading (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, body BLOB NOT NULL);
            INSERT INTO sqlite_sequence(name, seq)
            SELECT 'reading', $first WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'reading');
            """;
        command.Parameters.AddWithValue("$first", firstSeq);
        command.ExecuteNonQuery();
    }

    private long Scalar(string sql)
    {
        using SqliteCommand command = Command(sql);
        return (long)command.ExecuteScalar()!;
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string? name, object? value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
