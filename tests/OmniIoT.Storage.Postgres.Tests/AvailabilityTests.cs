using Npgsql;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Security;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>The database goes away and comes back.</summary>
public sealed class AvailabilityTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_crashes_within_a_commit_has_nothing_of_it_and_is_used_again_when_it_is_back()
    {
        using PostgresServer server = await PostgresServer.StartAsync();
        using TestDatabase database = new(server);
        PostgresStore store = database.Open(),
            other = database.Open("other");
        store.Commit(new PutDevice(Samples.Device("before")));
        using HeldRow held = HeldRow.OfGrain(database, other);
        Task<StorageUnavailableException> failing = Task.Run(
            () => Assert.Throws<StorageUnavailableException>(() => store.Commit(new PutDevice(Samples.Device("within")), HeldRow.Stop)),
            Cancel
        );
        await held.IsWaitedFor();

        await server.CrashAsync();
        await Awaited.Within(failing, "failure of the commit");
        Assert.NotNull(store.Commits.Probe());
        Assert.Throws<StorageUnavailableException>(() => store.Commit(new PutDevice(Samples.Device("away"))));
        Assert.Throws<StorageUnavailableException>(() => store.Sequences.Take("cases", 1));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.Devices.FindAsync("before", Cancel));
        await server.StartAgainAsync();

        Assert.Equal(CommitOutcome.Committed, store.Commit(new PutDevice(Samples.Device("after"))));
        Assert.NotNull(await store.Devices.FindAsync("before", Cancel));
        Assert.Null(await store.Devices.FindAsync("within", Cancel));
        Assert.NotNull(await store.Devices.FindAsync("after", Cancel));
        Assert.Null(store.Commits.Probe());
    }

    [Fact]
    public async Task Connections_that_broke_while_nobody_used_them_cost_no_reader_the_answer()
    {
        using PostgresServer server = await PostgresServer.StartAsync();
        await using CuttableLink link = new(server.Port);
        using TestDatabase database = new(server);
        string overLink = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = link.Port }.ToString();
        PostgresStore store = database.Open(database.Options with { ConnectionString = overLink });
        store.Commit(new PutDevice(Samples.Device("d1")));
        Assert.NotNull(await store.Devices.FindAsync("d1", Cancel));

        link.Cut();
        link.Mend();

        Assert.NotNull(await store.Devices.FindAsync("d1", Cancel));
    }

    [Fact]
    public void A_database_that_is_not_there_is_storage_that_cannot_be_used()
    {
        string nobody = $"Host=127.0.0.1;Port={FreePort.Find()};Username=omniiot;Database=omniiot";

        Assert.Throws<StorageUnavailableException>(() =>
            PostgresStore.Open(
                new PostgresStoreOptions { ConnectionString = nobody, Key = new byte[SecretSealer.KeyBytes] },
                TimeProvider.System
            )
        );
    }
}
