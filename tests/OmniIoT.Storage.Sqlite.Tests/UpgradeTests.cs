using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;
using OmniIoT.Sqlite;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>Whatever version wrote a database: the newest program goes on with what is in it.</summary>
public sealed class UpgradeTests : SqliteStoreTest
{
    [Fact]
    public async Task A_database_of_every_earlier_version_is_brought_up_to_date()
    {
        for (int count = 0; count <= Embedded.Count; count++)
        {
            using TemporaryDirectory directory = new();
            using (DatabaseConnection connection = DatabaseConnection.OpenWriter(Path.Combine(directory.Path, "omniiot.db"), TestTuning))
            {
                if (count > 0)
                    Migrator.Upgrade(connection, [.. Embedded.Take(count)], TimeProvider.System, NeverTooNew);
                if (count > 0)
                    connection.Execute("INSERT INTO grains (id, state, due_at) VALUES ('device:old', x'01', NULL)");
            }

            SqliteStoreOptions options = new() { Directory = directory.Path, AllowsNewKey = true };
            using SqliteStore store = SqliteStore.Open(options, TimeProvider.System);

            Snapshot? old = await store.Grains.LoadAsync(EntityId.Device("old"), TestContext.Current.CancellationToken);
            Assert.Equal(count > 0, old is { State: [1], Facts: null, Version: 1 });
            CommitUnit unit = new();
            unit.Effects.Add(new PutDevice(Samples.Device("new")));
            store.Commits.Commit([unit]);
        }
    }

    /// <summary>Whatever version wrote it: the newest program goes on with what is there.</summary>
    [Fact]
    public async Task A_database_of_any_earlier_version_is_upgraded_with_what_is_in_it()
    {
        foreach (int version in Enumerable.Range(1, Embedded.Count - 1))
        {
            using TemporaryDirectory directory = new();
            using (DatabaseConnection old = DatabaseConnection.OpenWriter(Path.Combine(directory.Path, "omniiot.db"), TestTuning))
            {
                Migrator.Upgrade(old, [.. Embedded.Take(version)], TimeProvider.System, NeverTooNew);
                old.Execute("INSERT INTO documents (kind, id, version, json) VALUES ('site', 'mall', 3, '{}')");
            }

            SqliteStoreOptions options = new() { Directory = directory.Path, AllowsNewKey = true };
            using SqliteStore store = SqliteStore.Open(options, TimeProvider.System);

            Assert.Equal(3, (await store.Documents.FindAsync(DocumentKind.Site, "mall", TestContext.Current.CancellationToken))!.Version);
            CommitUnit unit = new() { Effects = { new PutCertificate(EntityId.Device("d1"), "aa") } };
            store.Commits.Commit([unit]);
            Assert.Equal(CommitOutcome.Committed, unit.Outcome);
        }
    }

    [Fact]
    public async Task Identities_and_commands_of_an_earlier_version_are_found_in_the_present_form()
    {
        using (DatabaseConnection old = DatabaseConnection.OpenWriter(DatabasePath, TestTuning))
        {
            Migrator.Upgrade(old, [.. Embedded.Take(6)], TimeProvider.System, NeverTooNew);
            Customer ann = Samples.Customer(
                "ann",
                "Ann",
                new Identity("email", "Ann@Example.com"),
                new Identity("phone", "00994 50 123 45 67")
            );
            old.Prepare("INSERT INTO customers (id, name, search, json) VALUES ('ann', 'Ann', '', $1)")
                .Bind(JsonSerializer.SerializeToUtf8Bytes(ann, OmniJson.Options))
                .Run();
            old.Execute(
                "INSERT INTO identities (type, value, customer_id) VALUES ('email', 'Ann@Example.com', 'ann'), ('phone', '00994 50 123 45 67', 'ann')"
            );
            old.Execute(
                "INSERT INTO devices (id, model, customer_id, search, json) VALUES ('w1', 'm', 'ann', '', CAST('{\"id\":\"w1\",\"model\":\"m\"}' AS BLOB))"
            );
            old.Prepare("INSERT INTO commands (device_id, id, created_at, json) VALUES ('w1', 'k1', 1, $1)")
                .Bind(JsonSerializer.SerializeToUtf8Bytes(Samples.Command("k1", "w1") with { Arguments = "Ann" }, OmniJson.Options))
                .Run();
        }

        using SqliteStore store = OpenMade();

        CancellationToken cancel = TestContext.Current.CancellationToken;
        Assert.Equal(["ann"], await store.Customers.FindByIdentityAsync("email", "ann@example.com", cancel));
        Assert.Equal(["ann"], await store.Customers.FindByIdentityAsync("phone", "+994501234567", cancel));
        Assert.Single((await store.Customers.ListAsync("+994 50 123-45-67", new PageRequest(null, 10), cancel)).Items);
        Commit(store, new EraseCustomer("ann"));
        Assert.Null((await store.Devices.FindCommandAsync("w1", "k1", cancel))!.Arguments);
    }

    [Fact]
    public async Task Letters_and_conversations_of_an_earlier_version_are_read_and_found()
    {
        using (DatabaseConnection old = DatabaseConnection.OpenWriter(DatabasePath, TestTuning))
        {
            Migrator.Upgrade(old, [.. Embedded.Take(9)], TimeProvider.System, NeverTooNew);
            old.Execute(
                """INSERT INTO letters (id, json) VALUES ('l1', CAST('{"id":"l1","content":{"isTimed":true,"scannerId":"s1","siteId":"mall","tag":"t1","at":"2026-01-01T00:00:00.000Z","receivedAt":"2026-01-01T00:00:00.000Z","rssiDbm":-60}}' AS BLOB))"""
            );
            byte[] talk = JsonSerializer.SerializeToUtf8Bytes(Samples.Conversation("k1") with { Assignee = "bo" }, OmniJson.Options);
            old.Prepare(
                    "INSERT INTO conversations (id, customer_id, status, queue, last_message_at, json) VALUES ('k1', 'c1', 'open', 'support', 1, $1)"
                )
                .Bind(talk)
                .Run();
        }

        using SqliteStore store = OpenMade();

        CancellationToken cancel = TestContext.Current.CancellationToken;
        Assert.Equal("t1", Assert.IsType<TagSighted>(Assert.Single(await store.Mail.PendingAsync(null, 10, cancel)).Content).Tag);
        Assert.Single(
            (
                await store.Conversations.ListAsync(
                    new ConversationFilter(Channel: "webchat", Assignee: "bo"),
                    new PageRequest(null, 10),
                    cancel
                )
            ).Items
        );
    }

    [Fact]
    public async Task What_documents_are_searched_by_is_filled_in_for_all_of_them_and_is_no_change_of_theirs()
    {
        using (DatabaseConnection old = DatabaseConnection.OpenWriter(DatabasePath, TestTuning))
        {
            Migrator.Upgrade(old, Embedded, TimeProvider.System, NeverTooNew);
            old.Execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4001)
                INSERT INTO documents (kind, id, version, json) SELECT 'fence', 'f' || i, 1, CAST('{"name":"Hall"}' AS BLOB) FROM n
                """
            );
        }

        using SqliteStore store = OpenMade();

        CancellationToken cancel = TestContext.Current.CancellationToken;
        PageRequest page = new(Limit: 1, Count: true);
        Assert.Equal(4001, (await store.Documents.ListAsync(DocumentKind.Fence, page, cancel, new DocumentFilter("hall"))).Total);
        Assert.Equal(4001, await store.FenceLog.LastAsync(cancel));
    }

    [Fact]
    public async Task What_an_earlier_folding_left_of_documents_is_folded_anew_at_the_next_start()
    {
        using (SqliteStore before = OpenMade())
            Commit(before, new PutDocument(DocumentKind.Site, "s1", """{"name":"Hall"}"""u8.ToArray()));
        using (DatabaseConnection old = DatabaseConnection.OpenWriter(DatabasePath, TestTuning))
        {
            old.Execute("UPDATE documents SET search = ' as-folded-before '");
            old.Execute("UPDATE search_state SET version = 0");
        }

        using SqliteStore store = OpenMade();

        Page<Document> found = await store.Documents.ListAsync(
            DocumentKind.Site,
            new PageRequest(),
            TestContext.Current.CancellationToken,
            new DocumentFilter("hall")
        );
        Assert.Equal(1, Assert.Single(found.Items).Version);
    }

    [Fact]
    public void Migrations_are_numbered_in_their_order() =>
        Assert.Equal(Embedded.Select(migration => migration.Version).Order().Distinct(), Embedded.Select(migration => migration.Version));

    [Fact]
    public void A_migration_that_fails_leaves_the_database_as_it_was()
    {
        Migration[] broken = [new(1, "CREATE TABLE a (x INTEGER);"), new(2, "CREATE TABLE b (x INTEGER); SELECT nonsense;")];
        using (DatabaseConnection connection = OpenConnection())
            Assert.Throws<EngineException>(() => Migrator.Upgrade(connection, broken, TimeProvider.System, NeverTooNew));

        using DatabaseConnection again = OpenConnection();
        Statement tables = again.Prepare("SELECT count(*) FROM sqlite_master");
        Assert.True(tables.Step());
        Assert.Equal(0, tables.Int64(0));
        tables.Reset();
    }
}
