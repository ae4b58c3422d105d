namespace OmniIoT.Postgres;

/// <summary>
/// Brings a schema of a database to its newest version, in one transaction; of several processes the first does, the others wait.
/// </summary>
internal static class Migrator
{
    /// <param name="schema">Whose versions they are: a database may hold those of several rooms.</param>
    /// <exception cref="DatabaseTooNewException">The database is of a later version.</exception>
    public static void Upgrade(Database database, string schema, IReadOnlyList<Migration> migrations, TimeProvider time) =>
        database.InTransaction(connection =>
        {
            connection.Execute("SELECT pg_advisory_xact_lock(hashtextextended('omniiot migrations', 0))");
            connection.Execute(
                """
                CREATE TABLE IF NOT EXISTS schema_versions (
                    room TEXT NOT NULL, version INTEGER NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (room, version))
                """
            );
            long current = connection.Number("SELECT coalesce(max(version), 0) FROM schema_versions WHERE room = $1", schema)!.Value;
            int newest = migrations[^1].Version;
            if (current > newest)
                throw new DatabaseTooNewException(database.Name, (int)current, newest);
            foreach (Migration migration in migrations.Where(migration => migration.Version > current))
            {
                connection.Execute(migration.Sql);
                connection.Execute(
                    "INSERT INTO schema_versions (room, version, applied_at) VALUES ($1, $2, $3)",
                    schema,
                    migration.Version,
                    time.GetUtcNow().ToUnixTimeMilliseconds()
                );
            }
            return newest;
        });
}
