using System.Globalization;

namespace OmniIoT.Host.Backups;

/// <summary>A directory that gathers backups, each in a directory named after the time it was begun.</summary>
internal sealed class BackupFolder(string path)
{
    private const string NameFormat = "yyyy-MM-dd'T'HH-mm-ss.fff'Z'";
    private const string UnfinishedSuffix = ".unfinished";

    /// <summary>The newest whole backup; null when there is none. A directory that is itself a backup is that.</summary>
    public (string Directory, BackupManifest Manifest)? Newest()
    {
        if (BackupManifest.Read(path) is { } itself)
            return (path, itself);
        foreach (string directory in Backups().OrderDescending(StringComparer.Ordinal))
        {
            if (BackupManifest.Read(directory) is { } manifest)
                return (directory, manifest);
        }
        return null;
    }

    /// <summary>Makes room for a backup, which is none until it is finished; what was not finished before goes.</summary>
    public string Begin(DateTimeOffset now)
    {
        OwnedFiles.CreateDirectory(path);
        foreach (string unfinished in Directory.EnumerateDirectories(path, "*" + UnfinishedSuffix).ToList())
            Directory.Delete(unfinished, recursive: true);
        string directory = Path.Combine(path, now.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture) + UnfinishedSuffix);
        OwnedFiles.CreateDirectory(directory);
        return directory;
    }

    /// <summary>Gives a whole backup its name.</summary>
    public static string Finish(string directory)
    {
        string finished = directory[..^UnfinishedSuffix.Length];
        OwnedFiles.Flush();
        Directory.Move(directory, finished);
        OwnedFiles.Flush();
        return finished;
    }

    /// <summary>Keeps others from backing up into the same directory meanwhile.</summary>
    public FileStream Lock()
    {
        OwnedFiles.CreateDirectory(path);
        try
        {
            return new FileStream(Path.Combine(path, "backup.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new BackupException($"Another backup into {path} is under way.");
        }
    }

    private IEnumerable<string> Backups() =>
        Directory.Exists(path)
            ? Directory
                .EnumerateDirectories(path)
                .Where(directory =>
                    DateTime.TryParseExact(
                        Path.GetFileName(directory),
                        NameFormat,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal,
                        out _
                    )
                )
            : [];
}
