using Npgsql;
using OmniIoT.Ports.Security;
using OmniIoT.Postgres;

namespace OmniIoT.Storage.Postgres;

/// <summary>
/// A value in the database that only the key of its secrets opens: a process with another key must not join, since it could read nothing
/// that others sealed, nor they what it sealed.
/// </summary>
internal static class KeyCheck
{
    private const string Owner = "key-check";

    /// <summary>
    /// The first process puts the value there; in a database of an earlier version its key has to open one of the secrets that are there.
    /// </summary>
    public static bool IsKeyOf(NpgsqlConnection connection, SecretSealer sealer)
    {
        if (Kept(connection) is { } kept)
            return sealer.Open(Owner, kept) is not null;
        if (!OpensASecret(connection, sealer))
            return false;
        connection.Execute("INSERT INTO key_check (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING", sealer.Seal(Owner, Owner));
        return sealer.Open(Owner, Kept(connection)!) is not null; // Another process may have been first.
    }

    private static byte[]? Kept(NpgsqlConnection connection) =>
        connection.Read("SELECT sealed FROM key_check", [], static row => (byte[])row[0]).FirstOrDefault();

    /// <summary>Some may be of a key that was changed: one that opens is enough.</summary>
    private static bool OpensASecret(NpgsqlConnection connection, SecretSealer sealer)
    {
        List<bool> opens = connection.Read(
            "SELECT principal, sealed_secret FROM credentials WHERE sealed_secret IS NOT NULL LIMIT 100",
            [],
            row => sealer.Open(row.GetString(0), (byte[])row[1]) is not null
        );
        return opens.Count == 0 || opens.Contains(true);
    }
}
