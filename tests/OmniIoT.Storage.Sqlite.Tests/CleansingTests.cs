using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Sqlite;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Logging;
using OmniIoT.TestKit.Storage;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>What becomes of an erasure whose database cannot be rewritten.</summary>
public sealed class CleansingTests : IDisposable
{
    private const string Secret = "Zyxwvut-qqqqqqqqqqqqqqqqqqqq";
    private const int Told = 1502;

    private static readonly WriterOptions Tuning = new(4096, 1024, 1000, 1 << 20);

    private readonly TemporaryDirectory _directory = new();
    private readonly FilesOfStore _files;
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly RecordedLog _log = new(LogLevel.Warning);

    public CleansingTests() => _files = new FilesOfStore(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_log_is_emptied_meanwhile_and_the_reason_is_told_once()
    {
        using SqliteStore store = Open(_directory.Path);
        Write(store, entries: 40);
        MakeUnwritable();

        Erase(store);
        await EmptiedAsync();
        for (int i = 0; i < 3; i++)
        {
            Write(store, entries: 1);
            Erase(store);
            await EmptiedAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(Told, Assert.Single(_log.Entries).Id);
    }

    [Fact]
    public async Task Once_it_can_be_rewritten_nothing_is_left_in_any_file()
    {
        using SqliteStore store = Open(_directory.Path);
        for (int commit = 0; commit < 300; commit++)
            Write(store, entries: 4, from: commit * 4);
        MakeUnwritable();
        Erase(store);
        await EmptiedAsync();

        MakeWritable();

        await Awaited.Seen(
            () =>
            {
                if (_files.With(Secret[..7]).Count == 0 && _files.IsLogEmpty && IsRewritten())
                    return Task.FromResult<string?>("nothing");
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult<string?>(null);
            },
            "files without the erased customer"
        );
    }

    [Fact]
    public async Task A_disk_without_room_for_a_second_database_keeps_the_log_from_nothing()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(mebibytes: 8);
        FilesOfStore files = new(disk.Path);
        using (SqliteStore full = Open(disk.Path))
        {
            Write(full, entries: 1);
            Commit(full, new SaveGrain(OmniIoT.Domain.EntityId.Device("d1"), Samples.Bytes(2 << 20, seed: 1), null, null, 0));
        }
        using SqliteStore store = Open(disk.Path);
        disk.Fill(left: 1 << 20);

        Erase(store);

        await Awaited.Seen(() => Task.FromResult(files.IsLogEmpty && _log.Entries.Count > 0 ? "empty" : null), "empty log");
        Assert.Empty(files.With(Secret));
        Assert.Equal(Told, Assert.Single(_log.Entries).Id);
    }

    private SqliteStore Open(string directory) =>
        SqliteStore.Open(new SqliteStoreOptions { Directory = directory }, _time, _log.For<SqliteStore>());

    /// <summary>Rows of many sizes, so that pages are split in the middle and leave copies behind.</summary>
    private static void Write(SqliteStore store, int entries, int from = 0) =>
        Commit(
            store,
            [
                .. Enumerable
                    .Range(from, entries)
                    .Select(i => new AppendTimeline(
                        Samples.Entry($"e{i * 7919 % 1200:D4}", i % 2 == 0 ? "c1" : "c2", at: i * 7919 % 1200) with
                        {
                            Text = (i % 2 == 0 ? Secret : "another") + new string('x', i * 37 % 900),
                        }
                    )),
            ]
        );

    private static void Erase(SqliteStore store) => Commit(store, new EraseCustomer("c1"));

    private static void Commit(SqliteStore store, params Effect[] effects)
    {
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        store.Commits.Commit([unit]);
    }

    private Task<string> EmptiedAsync() => Awaited.Seen(() => Task.FromResult(_files.IsLogEmpty ? "empty" : null), "empty log");

    /// <summary>A table that the engine reads and cannot create: it orders by what this program does not know.</summary>
    private void MakeUnwritable()
    {
        using DatabaseConnection connection = DatabaseConnection.OpenWriter(_files.Database, Tuning);
        connection.Execute("CREATE TABLE odd (a TEXT)");
        Describe(connection, "CREATE TABLE odd (a TEXT COLLATE nowhere)");
    }

    private void MakeWritable()
    {
        using DatabaseConnection connection = DatabaseConnection.OpenWriter(_files.Database, Tuning);
        Describe(connection, "CREATE TABLE odd (a TEXT)");
    }

    private static void Describe(DatabaseConnection connection, string table) =>
        connection.Execute($"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = '{table}' WHERE name = 'odd'");

    /// <summary>A database that was rewritten has no free pages.</summary>
    private bool IsRewritten()
    {
        using DatabaseConnection connection = DatabaseConnection.OpenReader(_files.Database);
        Statement free = connection.Prepare("PRAGMA freelist_count");
        free.Step();
        long count = free.Int64(0);
        free.Reset();
        return count == 0;
    }
}
