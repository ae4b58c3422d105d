using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Sqlite.Tests;

public sealed class FullDiskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_the_commit_whole_and_is_used_again_once_there_is_room()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(mebibytes: 8);
        using SqliteStore store = Open(disk);
        store.Commits.Commit([UnitOf(1, bytes: 1024)]);
        disk.Fill();

        CommitUnit refused = UnitOf(2, bytes: 1 << 20);
        Assert.Throws<StorageUnavailableException>(() => store.Commits.Commit([refused]));

        Assert.Equal(CommitOutcome.Pending, refused.Outcome);
        Assert.NotNull(await store.Devices.FindAsync("d1", Cancel));
        Assert.Null(await store.Devices.FindAsync("d2", Cancel));
        Assert.Null(await store.Grains.LoadAsync(EntityId.Device("d2"), Cancel));
        Assert.Throws<StorageUnavailableException>(() => store.Commits.Commit([UnitOf(2, bytes: 1 << 20)]));

        disk.Free();

        store.Commits.Commit([UnitOf(2, bytes: 1 << 20)]);
        Assert.NotNull(await store.Devices.FindAsync("d2", Cancel));
        Assert.Null(store.Commits.Probe());
    }

    [Fact]
    public void The_probe_says_that_the_disk_is_full()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(mebibytes: 8);
        using SqliteStore store = Open(disk);
        disk.Fill();

        // The log may have room for some rows; then it has none.
        string? complaint = null;
        for (int i = 0; i < 10_000 && complaint is null; i++)
            complaint = store.Commits.Probe();

        Assert.Contains("Storage cannot be used", complaint, StringComparison.Ordinal);
        disk.Free();
        Assert.Null(store.Commits.Probe());
    }

    [Fact]
    public void A_read_only_directory_does_not_open()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(mebibytes: 8);
        Open(disk).Dispose();
        disk.MakeReadOnly();

        Assert.Throws<StorageUnavailableException>(() => Open(disk));
    }

    private static SqliteStore Open(SmallDisk disk) =>
        SqliteStore.Open(new SqliteStoreOptions { Directory = disk.Path }, TimeProvider.System);

    private static CommitUnit UnitOf(int number, int bytes)
    {
        CommitUnit unit = new();
        unit.Effects.Add(new PutDevice(Samples.Device($"d{number}")));
        unit.Effects.Add(new SaveGrain(EntityId.Device($"d{number}"), Samples.Bytes(bytes, number), null, null, 0));
        return unit;
    }
}
