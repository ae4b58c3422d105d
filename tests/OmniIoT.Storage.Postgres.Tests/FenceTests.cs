using Npgsql;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>A process that its cluster gave up commits nothing.</summary>
public sealed class FenceTests(SharedPostgres postgres) : IDisposable
{
    private const int Active = 3,
        Dead = 6;

    private static readonly ClusterMember Me = new("shop", "10.0.0.7", 11111, 42);

    private readonly TestDatabase _database = new(postgres.Server);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_member_commits_until_it_is_given_up()
    {
        PostgresStore store = _database.Open(member: Me);
        Join(Me);
        Assert.Equal(CommitOutcome.Committed, store.Commit(new PutDevice(Samples.Device("before"))));

        GiveUp(Me);
        CommitUnit unit = TestStatements.Unit(new PutDevice(Samples.Device("after")), new AppendTimeline(Samples.Entry("e1")));

        Assert.Throws<FencedException>(() => store.Commits.Commit([unit]));
        Assert.Equal(CommitOutcome.Pending, unit.Outcome);
        Assert.NotNull(await store.Devices.FindAsync("before", Cancel));
        Assert.Null(await store.Devices.FindAsync("after", Cancel));
        Assert.Equal(0, await store.Changes.LastAsync(Cancel));
    }

    [Fact]
    public void Whoever_is_no_member_commits_nothing()
    {
        PostgresStore store = _database.Open(member: Me);
        Join(Me with { Generation = 43 });
        Join(Me with { ClusterId = "another" });

        Assert.Throws<FencedException>(() => store.Commit(new PutDevice(Samples.Device("d1"))));
    }

    [Fact]
    public async Task A_process_is_given_up_before_its_commit_or_after_it_and_never_within()
    {
        PostgresStore store = _database.Open(member: Me),
            other = _database.Open("other");
        Join(Me);
        using HeldRow held = HeldRow.OfGrain(_database, other);
        Task committing = Task.Run(() => store.Commit(HeldRow.Stop, new PutDevice(Samples.Device("d1"))), Cancel);
        await held.IsWaitedFor();

        using NpgsqlConnection impatient = _database.Connect();
        impatient.Do("SET lock_timeout = 1");
        PostgresException refused = Assert.Throws<PostgresException>(() => impatient.Do($"UPDATE members SET status = {Dead}"));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refused.SqlState);
        held.LetGo();
        await Awaited.Within(committing, "commit of a member");
        GiveUp(Me);

        Assert.NotNull(await store.Devices.FindAsync("d1", Cancel));
        Assert.Throws<FencedException>(() => store.Commit(new PutDevice(Samples.Device("d2"))));
    }

    private void Join(ClusterMember member) =>
        _database.Execute(
            $"""
            INSERT INTO members (cluster_id, address, port, generation, status, silo_name, host_name, started_at, alive_at)
            VALUES ('{member.ClusterId}', '{member.Address}', {member.Port}, {member.Generation}, {Active}, 'one', 'host', 0, 0)
            """
        );

    private void GiveUp(ClusterMember member) =>
        _database.Execute(
            $"UPDATE members SET status = {Dead} WHERE cluster_id = '{member.ClusterId}' AND generation = {member.Generation}"
        );
}
