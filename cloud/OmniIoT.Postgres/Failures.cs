using Npgsql;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Postgres;

/// <summary>What the engine's errors mean to us. Codes: PostgreSQL documentation, appendix A.</summary>
internal static class Failures
{
    /// <summary>Two that meet again and again part after a few tries, since each try of one lets the other through.</summary>
    private const int Attempts = 20;

    /// <summary>Whether the surroundings are to blame (network, server, disk, rights), not the statement.</summary>
    public static bool IsOfSurroundings(NpgsqlException error) =>
        error is not PostgresException refused || IsOfSurroundings(refused.SqlState);

    /// <summary>Whether the server or the network ended the connection, at whatever moment.</summary>
    public static bool IsBrokenConnection(NpgsqlException error) =>
        error is PostgresException refused
            ? refused.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            : error.InnerException is IOException;

    /// <summary>Whether it met another transaction, and goes through when it is done again.</summary>
    public static bool IsMeeting(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    public static StorageUnavailableException Unavailable(NpgsqlException error)
    {
        string code = error is PostgresException refused ? $" (PostgreSQL {refused.SqlState})" : "";
        return new StorageUnavailableException($"Storage cannot be used: {error.InnerException?.Message ?? error.Message}{code}", error);
    }

    /// <summary>Does work again when it met another transaction.</summary>
    public static T Retry<T>(Func<T> work)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return work();
            }
            catch (PostgresException error) when (IsMeeting(error) && attempt < Attempts)
            {
                // The engine rolled back; nothing of it is left.
            }
        }
    }

    private static bool IsOfSurroundings(string code) =>
        code[..2] switch
        {
            "08" => true, // connection
            "28" => true, // sign-in
            "40" => true, // serialization, once it was tried often enough
            "53" => true, // disk full, out of memory, too many connections
            "57" => true, // shut down, cannot connect now, cancelled
            "58" => true, // system: input and output
            "F0" => true, // configuration file
            "XX" => true, // internal, damaged data
            _ => code
                is PostgresErrorCodes.InvalidCatalogName
                    or PostgresErrorCodes.ReadOnlySqlTransaction
                    or PostgresErrorCodes.LockNotAvailable
                    or "25P03"
                    or "25P04", // idle in a transaction too long; transaction too long
        };
}
