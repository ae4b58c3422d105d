using System.Globalization;
using System.Text;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite;

/// <summary>Another process uses the data directory.</summary>
public sealed class DataDirectoryInUseException(string directory, string holder)
    : Exception($"The data directory {directory} is in use by {holder}: a data directory belongs to one process.");

/// <summary>Keeps a data directory for this process. The operating system ends it with the process, however that ends.</summary>
public sealed class DataDirectoryLock : IDisposable
{
    /// <summary>Files of the lock's own, which stay in the directory.</summary>
    public static readonly IReadOnlyCollection<string> Names = [LockName, HolderName];

    /// <summary>There while a restore fills the directory; nothing may use it until that is done.</summary>
    public const string UnfinishedName = "restore.unfinished";

    /// <summary>Says that a directory is a backup, whose files may be those of others as well.</summary>
    private const string BackupName = "backup.json";

    private const string LockName = "omniiot.lock";

    /// <summary>Names the holder; a file of its own, because the locked one cannot be read.</summary>
    private const string HolderName = "omniiot.pid";

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <exception cref="DataDirectoryInUseException">Somebody else holds it.</exception>
    /// <exception cref="IOException">The directory cannot be written to.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        DataDirectoryLock taken;
        try
        {
            taken = new DataDirectoryLock(
                OwnerOnly.OpenFile(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            );
        }
        catch (IOException error) when (IsHeld(error))
        {
            throw new DataDirectoryInUseException(directory, Holder(directory));
        }
        try
        {
            using FileStream holder = OwnerOnly.OpenFile(
                Path.Combine(directory, HolderName),
                FileMode.Create,
                FileAccess.Write,
                FileShare.Read
            );
            holder.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">The directory is a backup, or one that is being restored.</exception>
    internal static void RequireUsable(string directory)
    {
        if (File.Exists(Path.Combine(directory, UnfinishedName)))
            throw new IOException("a restore into it was cut off; run it again with --force");
        if (File.Exists(Path.Combine(directory, BackupName)))
            throw new IOException("it is a backup; restore it into another directory");
    }

    /// <summary>The files stay: removing them would race with the next holder.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Whether an error says that somebody else has the file: ERROR_SHARING_VIOLATION, or EAGAIN on Linux and BSD.</summary>
    private static bool IsHeld(IOException error) =>
        OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) == 32 : error.HResult is 11 or 35;

    private static string Holder(string directory)
    {
        try
        {
            return $"process {File.ReadAllText(Path.Combine(directory, HolderName))}";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
