using Npgsql;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Security;
using OmniIoT.TestKit.Cluster;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>A database with as many stores on it as a test wants: each stands for a process.</summary>
internal sealed class TestDatabase(PostgresServer server) : IDisposable
{
    private readonly List<PostgresStore> _stores = [];

    public string ConnectionString { get; } = server.CreateDatabase();

    public PostgresStore Open(string lane = "main", ClusterMember? member = null) =>
        Open(Options with { Lane = lane, Member = () => member });

    public PostgresStore Open(PostgresStoreOptions options)
    {
        PostgresStore store = PostgresStore.Open(options, TimeProvider.System);
        lock (_stores)
            _stores.Add(store);
        return store;
    }

    public PostgresStoreOptions Options => new() { ConnectionString = ConnectionString, Key = new byte[SecretSealer.KeyBytes] };

    /// <summary>A connection beside all stores.</summary>
    public NpgsqlConnection Connect()
    {
        NpgsqlConnection connection = new(ConnectionString + ";Pooling=false");
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using NpgsqlConnection connection = Connect();
        connection.Do(sql);
    }

    public long Number(string sql)
    {
        using NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = new(sql, connection);
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        foreach (PostgresStore store in _stores)
            store.Dispose();
        server.DropDatabase(ConnectionString);
    }
}

internal static class TestStatements
{
    public static void Do(this NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    public static CommitUnit Unit(params IEnumerable<Effect> effects)
    {
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        return unit;
    }

    /// <summary>Commits the effects as one unit, whatever becomes of it.</summary>
    public static CommitOutcome Commit(this PostgresStore store, params IEnumerable<Effect> effects) => store.Commit(out _, effects);

    public static CommitOutcome Commit(this PostgresStore store, out IReadOnlyList<Change> changes, params IEnumerable<Effect> effects)
    {
        CommitUnit unit = Unit(effects);
        changes = store.Commits.Commit([unit]);
        return unit.Outcome;
    }
}
