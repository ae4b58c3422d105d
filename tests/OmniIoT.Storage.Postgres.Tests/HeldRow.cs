using Npgsql;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.TestKit;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>
/// A row that somebody else holds, so that a commit that touches it stops there, with all that it locked before, until it is let go.
/// </summary>
internal sealed class HeldRow : IDisposable
{
    private const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";

    private readonly NpgsqlConnection _connection;
    private readonly TestDatabase _database;

    private HeldRow(TestDatabase database, string row)
    {
        _database = database;
        _connection = database.Connect();
        _connection.Do("BEGIN");
        _connection.Do($"SELECT 1 FROM {row} FOR UPDATE");
    }

    private static EntityId Grain { get; } = EntityId.Device("held");

    /// <summary>Saves the held grain: a commit with this effect stops.</summary>
    public static SaveGrain Stop { get; } = new(Grain, new byte[2], null, null, ExpectedVersion: 1);

    public static HeldRow OfGrain(TestDatabase database, PostgresStore store)
    {
        store.Commit(new SaveGrain(Grain, new byte[1], null, null, ExpectedVersion: 0));
        return new HeldRow(database, $"grains WHERE id = '{Grain}'");
    }

    /// <summary>A commit that trims this change from the log stops: after its own changes have their numbers.</summary>
    public static HeldRow OfChange(TestDatabase database, long sequence) => new(database, $"changes WHERE sequence = {sequence}");

    /// <summary>Returns when that many commits wait for a row.</summary>
    public Task IsWaitedFor(int by = 1) => IsWaitedFor(_database, by);

    /// <inheritdoc cref="IsWaitedFor(int)"/>
    public static async Task IsWaitedFor(TestDatabase database, int by = 1) =>
        await Awaited.Seen(() => Task.FromResult(database.Number(Waiting) >= by ? "so many" : null), $"{by} commits that wait");

    public void LetGo() => _connection.Do("ROLLBACK");

    public void Dispose() => _connection.Dispose();
}
