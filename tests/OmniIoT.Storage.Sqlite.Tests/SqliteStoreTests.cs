using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;
using OmniIoT.Sqlite;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>How the embedded store opens and closes.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => Path.Combine(_directory.Path, "omniiot.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_data_directory_belongs_to_one_store_and_is_free_when_that_closes()
    {
        using (SqliteStore first = Open())
        {
            DataDirectoryInUseException error = Assert.Throws<DataDirectoryInUseException>(Open);

            Assert.Contains(_directory.Path, error.Message, StringComparison.Ordinal);
            Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
        Open().Dispose();
    }

    [Fact]
    public async Task What_was_erased_stands_in_no_file()
    {
        using SqliteStore store = Open();
        string secret = "Zyxwvut-" + new string('q', 100);
        for (int i = 0; i < 300; i++)
        {
            // Rows grow and shrink, so that pages split, overflow and become free.
            string padding = secret + new string('x', i % 7 * 900);
            Commit(
                store,
                new PutCustomer(Samples.Customer("c1", padding, new Identity("email", secret + i))),
                new SaveGrain(EntityId.Customer("c1"), Encoding.UTF8.GetBytes(padding), null, null, i),
                new AppendTimeline(Samples.Entry($"e{i}", i % 3 == 0 ? "c1" : "c2") with { Text = i % 3 == 0 ? padding : "another" }),
                new PutConversation(Samples.Conversation("t1") with { Subject = padding })
            );
        }
        Assert.NotEmpty(FilesWith(secret));

        Commit(store, new EraseCustomer("c1"));

        await Awaited.Seen(() => Task.FromResult(FilesWith(secret).Count == 0 ? "nothing" : null), "files without the erased customer");
        Assert.Equal(
            200,
            (await store.Timeline.ListAsync(new TimelineFilter("c2"), new PageRequest(null, 500), TestContext.Current.CancellationToken))
                .Items
                .Count
        );
    }

    [Fact]
    public async Task What_moved_from_page_to_page_before_it_was_erased_stands_in_no_file()
    {
        using SqliteStore store = Open();
        string secret = "Zyxwvut-" + new string('q', 20);
        for (int commit = 0; commit < 300; commit++)
        {
            CommitUnit unit = new();
            for (int i = commit * 4; i < commit * 4 + 4; i++)
            {
                // Rows of many sizes come between others, so that pages are split in the middle.
                TimelineEntry entry = Samples.Entry($"e{i * 7919 % 1200:D4}", i % 2 == 0 ? "c1" : "c2", at: i * 7919 % 1200);
                unit.Effects.Add(
                    new AppendTimeline(entry with { Text = (i % 2 == 0 ? secret : "another") + new string('x', i * 37 % 900) })
                );
            }
            store.Commits.Commit([unit]);
        }

        Commit(store, new EraseCustomer("c1"));

        await Awaited.Seen(() => Task.FromResult(FilesWith(secret).Count == 0 ? "nothing" : null), "files without the erased customer");
    }

    private IReadOnlyList<string> FilesWith(string text) => new FilesOfStore(_directory.Path).With(text, "zyxwvut");

    private static void Commit(SqliteStore store, params Effect[] effects)
    {
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        store.Commits.Commit([unit]);
    }

    [Fact]
    public void A_missing_directory_is_created()
    {
        string nested = Path.Combine(_directory.Path, "a", "b");

        SqliteStore.Open(new SqliteStoreOptions { Directory = nested }, TimeProvider.System).Dispose();

        Assert.True(File.Exists(Path.Combine(nested, "omniiot.db")));
    }

    [Fact]
    public void A_newer_database_is_refused_with_both_versions()
    {
        Open().Dispose();
        using (DatabaseConnection connection = OpenConnection())
            connection.Execute("INSERT INTO schema_version (version, applied_at) VALUES (999, 0)");

        DatabaseTooNewException error = Assert.Throws<DatabaseTooNewException>(Open);

        Assert.Contains("999", error.Message, StringComparison.Ordinal);
        Assert.Contains(Embedded[^1].Version.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_storage_that_cannot_be_used()
    {
        File.WriteAllBytes(DatabasePath, Samples.Bytes(100_000, seed: 1));

        Assert.ThrowsAny<StorageUnavailableException>(Open);
    }

    [Fact]
    public void The_key_of_kept_secrets_lies_beside_the_database_for_its_owner_only_and_stays_the_same()
    {
        EntityId device = EntityId.Device("d1");
        byte[] kept;
        using (SqliteStore first = Open())
            kept = first.Sealer.Seal(device, "s3cret");
        string path = Path.Combine(_directory.Path, "secrets.key");

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        using (SqliteStore second = Open())
            Assert.Equal("s3cret", second.Sealer.Open(device, kept));
    }

    [Fact]
    public void A_lost_key_stops_the_start_until_a_new_one_is_asked_for()
    {
        EntityId device = EntityId.Device("press-7");
        byte[] kept;
        using (SqliteStore first = Open())
            kept = first.Sealer.Seal(device, "s3cret");
        string path = Path.Combine(_directory.Path, "secrets.key");
        File.Move(path, path + ".away");

        KeyFileLostException error = Assert.Throws<KeyFileLostException>(Open);

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        File.Move(path + ".away", path);
        using (SqliteStore restored = Open())
            Assert.Equal("s3cret", restored.Sealer.Open(device, kept));
        File.Delete(path);
        SqliteStoreOptions anew = new() { Directory = _directory.Path, AllowsNewKey = true };
        using (SqliteStore third = SqliteStore.Open(anew, TimeProvider.System))
            Assert.Null(third.Sealer.Open(device, kept));
        Open().Dispose();
    }

    [Fact]
    public void A_key_file_that_holds_no_key_is_named_and_left_as_it_is()
    {
        string path = Path.Combine(_directory.Path, "elsewhere.key");
        File.WriteAllText(path, "no key");
        SqliteStoreOptions options = new() { Directory = _directory.Path, KeyFile = path };

        StorageUnavailableException error = Assert.Throws<StorageUnavailableException>(() =>
            SqliteStore.Open(options, TimeProvider.System)
        );

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal("no key", File.ReadAllText(path));
        Open().Dispose(); // The directory is free.
    }

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

    [Fact]
    public void Parameters_out_of_order_are_refused()
    {
        using DatabaseConnection connection = OpenConnection();

        Assert.Throws<EngineException>(() => connection.Prepare("SELECT $2, $1"));
    }

    [Fact]
    public void Every_port_is_provided()
    {
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddSqliteStore(new SqliteStoreOptions { Directory = _directory.Path });
        using ServiceProvider provider = services.BuildServiceProvider();

        IEnumerable<Type> ports = typeof(IStoreUnderTest).GetProperties().Select(property => property.PropertyType);

        Assert.All(ports, port => Assert.NotNull(provider.GetService(port)));
    }

    [Fact]
    public void Defaults_are_as_documented() => Assert.Equal(100_000, new SqliteStoreOptions { Directory = "x" }.KeptChanges);

    private static IReadOnlyList<Migration> Embedded { get; } = Migration.Embedded(typeof(SqliteStore).Assembly);

    private static WriterOptions TestTuning { get; } = new(4096, 1024, 1000, 1 << 20);

    private static Exception NeverTooNew(int found, int known) => new InvalidOperationException($"{found} is newer than {known}.");

    /// <summary>What a test made without a key.</summary>
    private SqliteStore OpenMade() =>
        SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path, AllowsNewKey = true }, TimeProvider.System);

    private SqliteStore Open() => SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, TimeProvider.System);

    private DatabaseConnection OpenConnection() => DatabaseConnection.OpenWriter(DatabasePath, TestTuning);
}
