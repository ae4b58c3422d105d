using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Sqlite;
using OmniIoT.TestKit;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>A store in a directory of the test's own.</summary>
public abstract class SqliteStoreTest : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private protected string Root => _directory.Path;

    private protected string DatabasePath => Path.Combine(Root, "omniiot.db");

    private protected static IReadOnlyList<Migration> Embedded { get; } = Migration.Embedded(typeof(SqliteStore).Assembly);

    private protected static WriterOptions TestTuning { get; } = new(4096, 1024, 1000, 1 << 20);

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static Exception NeverTooNew(int found, int known) =>
        new InvalidOperationException($"{found} is newer than {known}.");

    private protected static void Commit(SqliteStore store, params Effect[] effects)
    {
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        store.Commits.Commit([unit]);
    }

    private protected SqliteStore Open() => SqliteStore.Open(new SqliteStoreOptions { Directory = Root }, TimeProvider.System);

    /// <summary>What a test made without a key.</summary>
    private protected SqliteStore OpenMade() =>
        SqliteStore.Open(new SqliteStoreOptions { Directory = Root, AllowsNewKey = true }, TimeProvider.System);

    private protected DatabaseConnection OpenConnection() => DatabaseConnection.OpenWriter(DatabasePath, TestTuning);
}
