using OmniIoT.Domain;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>The key of kept secrets: made once, kept beside the database, and missed when it is lost.</summary>
public sealed class KeyFileTests : SqliteStoreTest
{
    [Fact]
    public void The_key_of_kept_secrets_lies_beside_the_database_for_its_owner_only_and_stays_the_same()
    {
        EntityId device = EntityId.Device("d1");
        byte[] kept;
        using (SqliteStore first = Open())
            kept = first.Sealer.Seal(device, "s3cret");
        string path = Path.Combine(Root, "secrets.key");

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
        string path = Path.Combine(Root, "secrets.key");
        File.Move(path, path + ".away");

        KeyFileLostException error = Assert.Throws<KeyFileLostException>(Open);

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        File.Move(path + ".away", path);
        using (SqliteStore restored = Open())
            Assert.Equal("s3cret", restored.Sealer.Open(device, kept));
        File.Delete(path);
        SqliteStoreOptions anew = new() { Directory = Root, AllowsNewKey = true };
        using (SqliteStore third = SqliteStore.Open(anew, TimeProvider.System))
            Assert.Null(third.Sealer.Open(device, kept));
        Open().Dispose();
    }

    [Fact]
    public void A_key_file_that_holds_no_key_is_named_and_left_as_it_is()
    {
        string path = Path.Combine(Root, "elsewhere.key");
        File.WriteAllText(path, "no key");
        SqliteStoreOptions options = new() { Directory = Root, KeyFile = path };

        StorageUnavailableException error = Assert.Throws<StorageUnavailableException>(() =>
            SqliteStore.Open(options, TimeProvider.System)
        );

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal("no key", File.ReadAllText(path));
        Open().Dispose(); // The directory is free.
    }
}
