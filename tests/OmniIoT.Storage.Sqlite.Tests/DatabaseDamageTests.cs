using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Damage;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Metrics;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Logging;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>Damage of the database, or of its log, is found at the start and said.</summary>
public sealed class DatabaseDamageTests : IDisposable
{
    private const int PageBytes = 4096;
    private const int FrameBytes = 24 + PageBytes;
    private const int LogHeaderBytes = 32;

    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _copy = new();
    private readonly OmniMetrics _metrics = new();
    private readonly RecordedLog _log = new();
    private readonly KnownDamage _known;

    public DatabaseDamageTests() => _known = new KnownDamage(_metrics, _log.For<KnownDamage>());

    public void Dispose()
    {
        _metrics.Dispose();
        _directory.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task A_broken_page_is_found_beside_the_work_and_told_once()
    {
        Fill(_directory.Path, devices: 200).Dispose();
        string database = Path.Combine(_directory.Path, "omniiot.db");
        byte[] bytes = File.ReadAllBytes(database);
        // The last page but one: of a table that the start does not need.
        bytes.AsSpan(bytes.Length - (2 * PageBytes), PageBytes).Fill(0xEE);
        File.WriteAllBytes(database, bytes);

        using SqliteStore store = Open(_directory.Path);

        string said = await Awaited.Seen(() => Task.FromResult(_known.Of(PartNames.Storage)), "damage");
        Assert.Contains("omniiot.db is damaged", said, StringComparison.Ordinal);
        Assert.Equal([1503], _log.Entries.Select(entry => entry.Id));
        Assert.Null(store.Commits.Probe());
    }

    [Fact]
    public void A_whole_log_is_taken_as_it_is()
    {
        CopyWithLog();

        using SqliteStore store = Open(_copy.Path);

        Assert.Null(_known.Of(PartNames.Storage));
    }

    [Fact]
    public void Commits_behind_a_broken_frame_of_the_log_are_told_to_be_lost()
    {
        string log = CopyWithLog();
        byte[] bytes = File.ReadAllBytes(log);
        int frames = (bytes.Length - LogHeaderBytes) / FrameBytes;
        bytes[LogHeaderBytes + (frames / 2 * FrameBytes) + 1000]++;
        File.WriteAllBytes(log, bytes);

        using SqliteStore store = Open(_copy.Path);

        Assert.Contains("a frame of its log is damaged", _known.Of(PartNames.Storage), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_was_cut_off_in_a_frame_lost_nothing_that_was_whole()
    {
        string log = CopyWithLog();
        using (FileStream file = File.OpenWrite(log))
            file.SetLength(file.Length - FrameBytes / 2);

        using SqliteStore store = Open(_copy.Path);

        Assert.Null(_known.Of(PartNames.Storage));
    }

    [Fact]
    public void A_log_with_a_broken_beginning_is_told_to_be_lost()
    {
        string log = CopyWithLog();
        byte[] bytes = File.ReadAllBytes(log);
        bytes[9]++;
        File.WriteAllBytes(log, bytes);

        using SqliteStore store = Open(_copy.Path);

        Assert.Contains("the beginning of its log is damaged", _known.Of(PartNames.Storage), StringComparison.Ordinal);
    }

    private static SqliteStore Fill(string directory, int devices)
    {
        SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Directory = directory }, TimeProvider.System);
        for (int i = 0; i < devices; i++)
        {
            CommitUnit unit = new();
            unit.Effects.Add(new PutDevice(Samples.Device($"d{i}")));
            unit.Effects.Add(new AppendTimeline(Samples.Entry($"e{i}", "c1")));
            store.Commits.Commit([unit]);
        }
        return store;
    }

    /// <summary>As a killed process leaves the files.</summary>
    private string CopyWithLog()
    {
        using SqliteStore store = Fill(_directory.Path, devices: 50);
        foreach (string name in new[] { "omniiot.db", "omniiot.db-wal", "secrets.key" })
            File.Copy(Path.Combine(_directory.Path, name), Path.Combine(_copy.Path, name));
        return Path.Combine(_copy.Path, "omniiot.db-wal");
    }

    private SqliteStore Open(string directory) =>
        SqliteStore.Open(new SqliteStoreOptions { Directory = directory }, TimeProvider.System, damage: _known);
}
