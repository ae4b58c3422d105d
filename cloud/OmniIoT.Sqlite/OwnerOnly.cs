namespace OmniIoT.Sqlite;

/// <summary>
/// Directories and files that only the account of the process may read and write. SQLite gives its log and index beside a database the
/// rights of the database. On Windows the rights of the directory above are inherited.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode FileRights = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryRights = FileRights | UnixFileMode.UserExecute;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Creates a directory, or takes the rights of all others from one that is there and from everything in it.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(path, DirectoryRights);
        TakeFromOthers(path);
        foreach (string entry in Directory.EnumerateFileSystemEntries(path, "*", Everything))
            TakeFromOthers(entry);
    }

    /// <summary>Opens a file; one that is missing is created.</summary>
    public static FileStream OpenFile(string path, FileMode mode, FileAccess access, FileShare share)
    {
        FileStreamOptions options = new()
        {
            Mode = mode,
            Access = access,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileRights;
        return new FileStream(path, options);
    }

    /// <summary>Creates an empty file where none is.</summary>
    public static void CreateFile(string path)
    {
        if (!File.Exists(path))
            OpenFile(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
    }

    private static void TakeFromOthers(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            UnixFileMode mode = File.GetUnixFileMode(path);
            if ((mode & ~DirectoryRights) != 0)
                File.SetUnixFileMode(path, mode & DirectoryRights);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or FileNotFoundException)
        {
            // Whoever it belongs to has given it to us, as a volume of Kubernetes is; or it went meanwhile.
        }
    }
}
