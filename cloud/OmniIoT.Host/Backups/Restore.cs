using OmniIoT.Storage.Sqlite;

namespace OmniIoT.Host.Backups;

/// <summary>
/// Puts a backup in the place of a data directory: built beside it, looked through, and given its name in one step, so that whenever it is
/// cut off there is the old directory or the new one. Where the directory is a mount and cannot get another name, it is filled in place,
/// and no host starts on it until that is done.
/// </summary>
internal sealed class Restore(HostSettings settings, string folder, bool isForced)
{
    private const string Suffix = ".restoring";

    /// <summary>Without a separator at its end, so that what is beside it can be named.</summary>
    private readonly string _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.DataDirectory));

    /// <returns>What was done, for people.</returns>
    /// <exception cref="BackupException">There is no whole backup, or it is damaged, or something would be overwritten.</exception>
    public string Run()
    {
        if (new BackupFolder(folder).Newest() is not var (directory, manifest))
            throw new BackupException($"{folder} holds no backup that was made whole.");
        if (manifest.Format > BackupManifest.NewestFormat)
            throw new BackupException($"The backup {directory} was made by a newer version, {manifest.Version}.");
        if (!isForced && Entries().Any())
            throw new BackupException($"{_target} holds something already; --force overwrites it.");
        if (
            settings.KeyFile is { } key
            && File.Exists(key)
            && Path.GetFullPath(key).StartsWith(_target + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        )
            throw new BackupException($"{key} lies in {_target}, which is replaced, and no backup has it: move it elsewhere first.");
        using DataDirectoryLock? alone = Directory.Exists(_target) ? DataDirectoryLock.Take(_target) : null;
        if (!TryReplace(directory, manifest))
            FillInPlace(directory, manifest);
        string keys = manifest.Files.Any(file => file.Path == StoreCopy.KeyName)
            ? ""
            : "; the key of secrets is not in it: OmniIoT:Data:KeyFile has to name the one that was in use";
        return $"restored: {_target} from {directory}, as of {manifest.MadeAt:O}{keys}";
    }

    /// <summary>False: the directory cannot get another name.</summary>
    private bool TryReplace(string directory, BackupManifest manifest)
    {
        string built = _target + Suffix;
        if (!TryMakeRoom(built))
            return false;
        Build(directory, manifest, built);
        OwnedFiles.Flush();
        if (!Directory.Exists(_target))
        {
            Directory.Move(built, _target);
            OwnedFiles.Flush();
            return true;
        }
        bool isReplaced = OwnedFiles.TryExchange(built, _target);
        OwnedFiles.Flush();
        // By now the old one, or what could not take its place.
        Directory.Delete(built, recursive: true);
        return isReplaced;
    }

    private static bool TryMakeRoom(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
            OwnedFiles.CreateDirectory(directory);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void FillInPlace(string directory, BackupManifest manifest)
    {
        string built = Path.Combine(_target, Suffix);
        if (!TryMakeRoom(built))
            throw new BackupException($"{_target} cannot be written to.");
        Build(directory, manifest, built);
        OwnedFiles.Flush();
        string mark = Path.Combine(_target, DataDirectoryLock.UnfinishedName);
        if (!File.Exists(mark))
            OwnedFiles.Write(mark, []);
        foreach (string entry in Entries().Where(entry => entry != built && entry != mark).ToList())
        {
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
        }
        foreach (string entry in Directory.EnumerateFileSystemEntries(built).ToList())
            Directory.Move(entry, Path.Combine(_target, Path.GetFileName(entry)));
        Directory.Delete(built);
        OwnedFiles.Flush();
        File.Delete(mark);
    }

    private static void Build(string directory, BackupManifest manifest, string target)
    {
        foreach (BackedUpFile file in manifest.Files)
        {
            string path = Path.GetFullPath(Path.Combine(target, file.Path));
            if (!path.StartsWith(Path.GetFullPath(target) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new BackupException($"The backup {directory} is damaged: {file.Path} would lie outside of it.");
            OwnedFiles.CreateDirectory(Path.GetDirectoryName(path)!);
            BackupManifest.Copy(file, directory, path);
        }
    }

    /// <summary>What the directory holds, but for the lock.</summary>
    private IEnumerable<string> Entries() =>
        Directory.Exists(_target)
            ? Directory.EnumerateFileSystemEntries(_target).Where(entry => !DataDirectoryLock.Names.Contains(Path.GetFileName(entry)))
            : [];
}
