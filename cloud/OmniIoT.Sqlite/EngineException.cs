using OmniIoT.Ports.Commit;
using SQLitePCL;

namespace OmniIoT.Sqlite;

/// <summary>SQLite refused what was asked: a mistake in a statement or a broken constraint, hence a bug.</summary>
internal sealed class EngineException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    private const int PrimaryCodeMask = 0xFF;

    /// <summary>
    /// Whether bytes that are not what was written may be the cause: the engine finds no table or column where its list of them is damaged.
    /// What was interrupted, refused or misused has other causes.
    /// </summary>
    public bool MaySayDamage { get; } = (code & PrimaryCodeMask) is raw.SQLITE_ERROR;

    /// <summary>The exception that fits a result code: of the engine's surroundings, or of the statement.</summary>
    public static Exception From(int code, string message) =>
        (code & PrimaryCodeMask) switch
        {
            raw.SQLITE_FULL => Unavailable("the disk is full", code, message),
            raw.SQLITE_READONLY => Unavailable("the database is read-only", code, message),
            raw.SQLITE_IOERR => Unavailable("reading or writing failed", code, message),
            raw.SQLITE_CANTOPEN => Unavailable("the database file cannot be opened", code, message),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => new DatabaseBusyException(
                Words("another connection holds the database", code, message)
            ),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new DatabaseDamagedException(Words("the database file is damaged", code, message)),
            raw.SQLITE_NOMEM => Unavailable("memory is short", code, message),
            _ => new EngineException(code, message),
        };

    private static StorageUnavailableException Unavailable(string reason, int code, string message) => new(Words(reason, code, message));

    private static string Words(string reason, int code, string message) =>
        $"Storage cannot be used: {reason} (SQLite error {code}: {message}).";
}

/// <summary>The bytes of a database file are not what was written.</summary>
internal sealed class DatabaseDamagedException(string message) : StorageUnavailableException(message);

/// <summary>Another connection holds the database, and lets go of it within moments.</summary>
internal sealed class DatabaseBusyException(string message) : StorageUnavailableException(message);
