using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Postgres;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>How the store opens, and what it is given.</summary>
public sealed class PostgresStoreTests(SharedPostgres postgres) : IDisposable
{
    private readonly TestDatabase _database = new(postgres.Server);

    private static IReadOnlyList<Migration> Embedded { get; } = Migration.Embedded(typeof(PostgresStore).Assembly);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public void A_newer_database_is_refused_with_both_versions()
    {
        _database.Open().Dispose();
        _database.Execute("INSERT INTO schema_versions (room, version, applied_at) VALUES ('storage', 999, 0)");

        DatabaseTooNewException error = Assert.Throws<DatabaseTooNewException>(() => _database.Open());

        Assert.Contains("999", error.Message, StringComparison.Ordinal);
        Assert.Contains(Embedded[^1].Version.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Username", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Processes_that_start_at_once_bring_the_database_up_to_date_once()
    {
        PostgresStore[] stores = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => PostgresStore.Open(_database.Options, TimeProvider.System), Cancel))
        );

        Assert.All(stores, store => Assert.Equal(CommitOutcome.Committed, store.Commit(new PutDevice(Samples.Device("d1")))));
        Assert.Equal(Embedded.Count, _database.Number("SELECT count(*) FROM schema_versions"));
        Array.ForEach(stores, store => store.Dispose());
    }

    /// <summary>Whatever version wrote it: the newest program goes on with what is there.</summary>
    [Fact]
    public async Task A_database_of_any_earlier_version_is_upgraded_with_what_is_in_it()
    {
        foreach (int version in Enumerable.Range(1, Embedded.Count - 1))
        {
            using TestDatabase database = new(postgres.Server);
            using (Database old = new(database.ConnectionString, 2, "old"))
                Migrator.Upgrade(old, PostgresStore.Schema, [.. Embedded.Take(version)], TimeProvider.System);
            database.Execute("INSERT INTO documents (kind, id, version, json) VALUES ('site', 'mall', 3, '{}')");

            PostgresStore store = database.Open();

            Assert.Equal(3, (await store.Documents.FindAsync(DocumentKind.Site, "mall", Cancel))!.Version);
            Assert.Equal(CommitOutcome.Committed, store.Commit(new PutCertificate(EntityId.Device("d1"), "aa")));
        }
    }

    [Fact]
    public void Migrations_are_numbered_in_their_order() =>
        Assert.Equal(Embedded.Select(migration => migration.Version).Order().Distinct(), Embedded.Select(migration => migration.Version));

    [Fact]
    public void A_migration_that_fails_leaves_the_database_as_it_was()
    {
        Migration[] broken = [new(1, "CREATE TABLE a (x INTEGER);"), new(2, "CREATE TABLE b (x INTEGER); SELECT nonsense;")];
        using Database connections = new(_database.ConnectionString, 2, "broken");

        Assert.Throws<Npgsql.PostgresException>(() => Migrator.Upgrade(connections, "broken", broken, TimeProvider.System));

        Assert.Equal(0, _database.Number("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    /// <summary>The engine's texts cannot hold U+0000.</summary>
    [Fact]
    public async Task Any_character_in_a_name_is_kept_and_can_be_searched_for()
    {
        PostgresStore store = _database.Open();

        store.Commit(new PutDevice(Samples.Device("d1", name: "a\0b 🧺")));

        Assert.Equal("a\0b 🧺", (await store.Devices.FindAsync("d1", Cancel))!.Name);
        Assert.Single((await store.Devices.ListAsync(new DeviceFilter(Text: "A\0B 🧺"), new PageRequest(null), Cancel)).Items);
    }

    [Fact]
    public async Task What_an_earlier_folding_left_of_documents_is_folded_anew_at_the_next_start()
    {
        PostgresStore before = _database.Open();
        before.Commits.Commit([
            new CommitUnit { Effects = { new PutDocument(DocumentKind.Site, "s1", """{"name":"Hall"}"""u8.ToArray()) } },
        ]);
        _database.Execute("UPDATE documents SET search = ' as-folded-before '; UPDATE search_state SET version = 0");

        PostgresStore store = _database.Open("other");

        Page<Document> found = await store.Documents.ListAsync(DocumentKind.Site, new PageRequest(), Cancel, new DocumentFilter("hall"));
        Assert.Equal(1, Assert.Single(found.Items).Version);
    }

    [Fact]
    public async Task What_documents_are_searched_by_is_filled_in_for_all_of_them_and_is_no_change_of_theirs()
    {
        _database.Open();
        _database.Execute(
            """
            INSERT INTO documents (kind, id, version, json)
            SELECT 'fence', 'f' || i, 1, convert_to('{"name":"Hall"}', 'UTF8') FROM generate_series(1, 4001) AS i
            """
        );

        PostgresStore store = _database.Open("other");

        PageRequest page = new(Limit: 1, Count: true);
        Assert.Equal(4001, (await store.Documents.ListAsync(DocumentKind.Fence, page, Cancel, new DocumentFilter("hall"))).Total);
        Assert.Equal(4001, await store.CatalogLog.LastAsync(Cancel));
    }

    [Fact]
    public void Every_port_is_provided()
    {
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddPostgresStore(_ => _database.Options);
        using ServiceProvider provider = services.BuildServiceProvider();

        IEnumerable<Type> ports = typeof(IStoreUnderTest).GetProperties().Select(property => property.PropertyType);

        Assert.All(ports, port => Assert.NotNull(provider.GetService(port)));
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        PostgresStoreOptions options = new() { ConnectionString = "", Key = [] };

        Assert.Equal((20, 100_000, "main", null), (options.MaxConnections, options.KeptChanges, options.Lane, options.Member));
    }
}
