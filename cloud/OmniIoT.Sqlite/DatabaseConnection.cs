using SQLitePCL;

namespace OmniIoT.Sqlite;

/// <summary>
/// One connection to a database file, with its prepared statements. Used by one thread at a time. After any exception it is
/// to be disposed: a fresh one is cheap and has no half-finished statement or transaction in it.
/// </summary>
internal sealed class DatabaseConnection : IDisposable
{
    /// <summary>
    /// Of a reader: filters combine to many texts; those beyond are prepared again. A writer's are few, and held by who uses them.
    /// </summary>
    private const int StatementsOfReader = 128;

    /// <summary>Nobody else writes but a person with a tool, whom we outwait this long.</summary>
    private const int BusyMilliseconds = 5_000;

    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = [];

    private int _mostStatements = int.MaxValue;

    static DatabaseConnection() => Batteries_V2.Init();

    private DatabaseConnection(sqlite3 handle) => _handle = handle;

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Rows that the last statement inserted, updated or deleted.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Rows that all statements changed since the connection was opened.</summary>
    public long TotalChanges => raw.sqlite3_total_changes(_handle);

    /// <summary>Pages that this connection has written to the log since it was opened.</summary>
    public int PagesWritten
    {
        get
        {
            raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out int pages, out _, 0);
            return pages;
        }
    }

    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>
    /// Opens for reading and writing; the file is created when it is missing. What is deleted is overwritten, pages that become free
    /// included: an erasure must reach what was deleted before it, too.
    /// </summary>
    public static DatabaseConnection OpenWriter(string path, WriterOptions options)
    {
        CreateFile(path);
        DatabaseConnection connection = Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        connection.Configure(
            $"""
            PRAGMA page_size = {options.PageSize};
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = OFF;
            PRAGMA secure_delete = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -{options.CacheKibibytes};
            PRAGMA wal_autocheckpoint = {options.CheckpointPages};
            PRAGMA journal_size_limit = {options.JournalSizeLimit};
            """
        );
        return connection;
    }

    // What cannot be created is for the engine to say.
    private static void CreateFile(string path)
    {
        try
        {
            OwnerOnly.CreateFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { }
    }

    /// <summary>Opens an existing file for queries only.</summary>
    public static DatabaseConnection OpenReader(string path)
    {
        DatabaseConnection connection = Open(path, raw.SQLITE_OPEN_READWRITE);
        connection._mostStatements = StatementsOfReader;
        connection.Configure("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;");
        return connection;
    }

    /// <summary>Opens an existing file, which nobody else has open, for a change that leaves no log behind.</summary>
    public static DatabaseConnection OpenEditor(string path)
    {
        DatabaseConnection connection = Open(path, raw.SQLITE_OPEN_READWRITE);
        connection.Configure("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
        return connection;
    }

    /// <summary>Copies a database, as its last commit left it, to a new file; commits may go on meanwhile.</summary>
    public static void Copy(string from, string to)
    {
        OwnerOnly.CreateFile(to);
        using DatabaseConnection source = OpenReader(from);
        using DatabaseConnection copy = OpenEditor(to);
        // Within one read transaction: else it would begin again with every commit of others.
        source.Execute("BEGIN");
        source.Prepare("SELECT count(*) FROM sqlite_schema").ReadNumber();
        using (sqlite3_backup backup = raw.sqlite3_backup_init(copy._handle, "main", source._handle, "main"))
        {
            int code = raw.sqlite3_backup_step(backup, -1);
            if (code != raw.SQLITE_DONE)
                throw EngineException.From(code, "the copy failed");
        }
        source.Execute("COMMIT");
        // What it was copied from has a log; the copy needs none, and none is to lie beside it when it is read.
        copy.Execute("PRAGMA journal_mode = DELETE");
    }

    /// <summary>The prepared statement of a text; kept until the connection ends.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out Statement? known))
            return known;
        if (_statements.Count >= _mostStatements)
            DropStatements();
        int code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt handle);
        if (code != raw.SQLITE_OK)
            throw Error(code);
        return _statements[sql] = new Statement(this, handle);
    }

    /// <summary>Runs statements that take no parameters.</summary>
    public void Execute(string sql)
    {
        int code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK)
            throw Error(code);
    }

    /// <summary>Runs work within a transaction, which ends with the connection when the work fails.</summary>
    public void InTransactionDo(Action work)
    {
        Prepare("BEGIN IMMEDIATE").Run();
        work();
        Prepare("COMMIT").Run();
    }

    /// <summary>
    /// Lets statements call a function of two texts or blobs, which answers alike for the same ones. What it throws fails the statement.
    /// </summary>
    public void Define(string name, SqlPredicate predicate)
    {
        int code = raw.sqlite3_create_function(
            _handle,
            name,
            2,
            raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC,
            null,
            (context, _, values) =>
                raw.sqlite3_result_int(context, predicate(raw.sqlite3_value_blob(values[0]), raw.sqlite3_value_blob(values[1])) ? 1 : 0)
        );
        if (code != raw.SQLITE_OK)
            throw Error(code);
    }

    /// <summary>Ends what another thread runs on this connection, with an error.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_handle);

    public Exception Error(int code) => EngineException.From(code, raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Dispose()
    {
        DropStatements();
        _handle.Dispose();
    }

    private static DatabaseConnection Open(string path, int flags)
    {
        int code = raw.sqlite3_open_v2(path, out sqlite3 handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        DatabaseConnection connection = new(handle);
        if (code == raw.SQLITE_OK)
            return connection;
        Exception error = connection.Error(code);
        connection.Dispose();
        throw error;
    }

    private void Configure(string pragmas)
    {
        try
        {
            raw.sqlite3_extended_result_codes(_handle, 1);
            raw.sqlite3_busy_timeout(_handle, BusyMilliseconds);
            Execute(pragmas);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void DropStatements()
    {
        foreach (Statement statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }
}

/// <summary>A function that statements may call.</summary>
internal delegate bool SqlPredicate(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

/// <summary>What a writing connection is tuned with.</summary>
/// <param name="PageSize">Bytes; takes effect when the file is created.</param>
/// <param name="CacheKibibytes">Memory for pages.</param>
/// <param name="CheckpointPages">Pages in the write-ahead log before they are copied into the database.</param>
/// <param name="JournalSizeLimit">Bytes to which the write-ahead log is cut after a burst.</param>
internal sealed record WriterOptions(int PageSize, int CacheKibibytes, int CheckpointPages, long JournalSizeLimit);
