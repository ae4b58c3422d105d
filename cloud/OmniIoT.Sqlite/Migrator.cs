using System.Globalization;
using System.Reflection;

namespace OmniIoT.Sqlite;

/// <summary>One numbered step of a schema; a released step never changes.</summary>
internal sealed record Migration(int Version, string Sql)
{
    /// <summary>Reads the steps embedded in an assembly as <c>….Migrations.0001_name.sql</c>, in order.</summary>
    public static IReadOnlyList<Migration> Embedded(Assembly assembly)
    {
        const string folder = ".Migrations.";
        List<Migration> migrations = [];
        foreach (string name in assembly.GetManifestResourceNames())
        {
            int at = name.IndexOf(folder, StringComparison.Ordinal);
            if (at < 0)
                continue;
            int version = int.Parse(name.AsSpan(at + folder.Length, 4), CultureInfo.InvariantCulture);
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            migrations.Add(new Migration(version, reader.ReadToEnd()));
        }
        return [.. migrations.OrderBy(migration => migration.Version)];
    }
}

/// <summary>Brings a database to the newest version, in one transaction.</summary>
internal static class Migrator
{
    /// <param name="tooNew">What to throw, of the version found and the newest known, when the database is of a later version.</param>
    public static void Upgrade(
        DatabaseConnection connection,
        IReadOnlyList<Migration> migrations,
        TimeProvider time,
        Func<int, int, Exception> tooNew
    )
    {
        connection.InTransactionDo(() =>
        {
            connection.Execute(
                "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at INTEGER NOT NULL)"
            );
            int current = CurrentVersion(connection);
            int newest = migrations[^1].Version;
            if (current > newest)
                throw tooNew(current, newest);
            foreach (Migration migration in migrations)
            {
                if (migration.Version <= current)
                    continue;
                connection.Execute(migration.Sql);
                connection
                    .Prepare("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)")
                    .Bind(migration.Version)
                    .Bind(time.GetUtcNow().ToUnixTimeMilliseconds())
                    .Run();
            }
        });
    }

    private static int CurrentVersion(DatabaseConnection connection)
    {
        Statement select = connection.Prepare("SELECT coalesce(max(version), 0) FROM schema_version");
        select.Step();
        int version = (int)select.Int64(0);
        select.Reset();
        return version;
    }
}
