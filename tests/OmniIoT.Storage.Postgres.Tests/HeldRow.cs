using Npgsql;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.TestKit;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>
/// A grain's row that somebody else holds, so that a commit that saves the grain stops in its midst, with all that it locked before,
/// until it is let go.
/// </summary>
internal sealed class HeldRow : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly TestDatabase _database;

    public HeldRow(TestDatabase database, PostgresStore store)
    {
        _database = database;
        store.Commit(new SaveGrain(Grain, new byte[1], null));
        _connection = database.Connect();
        _connection.Do("BEGIN");
        _connection.Do($"SELECT 1 FROM grains WHERE id = '{Grain}' FOR UPDATE");
    }

    public static EntityId Grain { get; } = EntityId.Device("held");

    /// <summary>Saves the grain: a commit with this effect stops.</summary>
    public static SaveGrain Stop { get; } = new(Grain, new byte[2], null);

    /// <summary>Returns when somebody waits for the row.</summary>
    public async Task IsWaitedFor() => await Awaited.Seen(
        () => Task.FromResult(_database.Number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()") > 0 ? "one" : null),
        "commit that waits");

    public void LetGo() => _connection.Do("ROLLBACK");

    public void Dispose() => _connection.Dispose();
}
