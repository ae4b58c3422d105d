using System.Security.Cryptography;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Security;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite;

/// <summary>
/// The key of <see cref="SecretSealer"/>, as one line of base64 in a file beside the database, never in it. A copy of the database
/// without the file reveals no secret; with the file lost, devices that prove theirs by a token need new ones.
/// </summary>
internal static class KeyFile
{
    public const string FileName = "secrets.key";

    /// <summary>Makes a key where there is none and nothing was ever sealed.</summary>
    /// <exception cref="StorageUnavailableException">The file is there and holds no key.</exception>
    /// <exception cref="KeyFileLostException">It is not there, and was.</exception>
    public static byte[] ReadOrCreate(SqliteStoreOptions options)
    {
        string path = options.KeyFile ?? Path.Combine(options.Directory, FileName);
        if (!File.Exists(path))
        {
            if (!options.AllowsNewKey && HadKey(Path.Combine(options.Directory, SqliteStore.FileName)))
                throw new KeyFileLostException(path);
            Create(path);
        }
        byte[] key = new byte[SecretSealer.KeyBytes];
        bool isKey = Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out int length) && length == key.Length;
        return isKey
            ? key
            : throw new StorageUnavailableException(
                $"{path} holds no key: one line of base64 for {SecretSealer.KeyBytes} bytes is expected."
            );
    }

    /// <summary>Whether the database was opened by a version that seals: such a one has made a key before anything else.</summary>
    private static bool HadKey(string database)
    {
        if (!File.Exists(database))
            return false;
        using DatabaseConnection connection = DatabaseConnection.OpenReader(database);
        using Statement sealedColumn = connection.Prepare("SELECT 1 FROM pragma_table_info('credentials') WHERE name = 'sealed_secret'");
        return sealedColumn.Step();
    }

    // Written whole before it bears its name: a crash leaves no half key.
    private static void Create(string path)
    {
        string draft = path + ".new";
        File.Delete(draft);
        using (FileStream file = OwnerOnly.OpenFile(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            file.Write(
                System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretSealer.KeyBytes)) + "\n")
            );
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path);
    }
}
