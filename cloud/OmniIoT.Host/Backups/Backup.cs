using OmniIoT.Storage.Sqlite;
using OmniIoT.Telemetry.Sqlite;

namespace OmniIoT.Host.Backups;

/// <summary>
/// Backs up a data directory, also while its host runs and devices report. First the database, then the telemetry: readings move from the
/// one to the other, so that in this order each is in one of them at least.
/// </summary>
internal sealed class Backup(HostSettings settings, string folder, TimeProvider time)
{
    private const string TelemetryFolder = "telemetry";

    private readonly DateTimeOffset _now = time.GetUtcNow();
    private readonly List<BackedUpFile> _files = [];
    private string _directory = "";
    private (string Directory, BackupManifest Manifest)? _last;
    private int _kept;

    /// <returns>What was done, for people.</returns>
    /// <exception cref="BackupException">There is nothing to back up, or it cannot be read, or not be written.</exception>
    public string Run()
    {
        if (!File.Exists(InData(StoreCopy.DatabaseName)))
            throw new BackupException($"{settings.DataDirectory} holds no data: there is no {StoreCopy.DatabaseName}.");
        BackupFolder backups = new(folder);
        using FileStream alone = backups.Lock();
        _last = backups.Newest();
        _directory = backups.Begin(_now);
        StoreCopy.Copy(InData(StoreCopy.DatabaseName), InBackup(StoreCopy.DatabaseName));
        CopyTelemetry();
        Record(StoreCopy.DatabaseName, stamp: null);
        string keys = CopyKey();
        string version = typeof(Backup).Assembly.GetName().Version?.ToString(3) ?? "";
        new BackupManifest(BackupManifest.NewestFormat, _now, version, _files).Write(_directory);
        string finished = BackupFolder.Finish(_directory);
        return $"backup: {finished} ({_files.Count - _kept} files copied, {_kept} unchanged since the last); {keys}";
    }

    private void CopyTelemetry()
    {
        OwnedFiles.CreateDirectory(InBackup(TelemetryFolder));
        long position = 0;
        foreach (string name in TelemetryCopy.FilesOf(InData(TelemetryFolder)))
        {
            string path = Path.Combine(TelemetryFolder, name);
            string? stamp = FileStamp.Of(InData(path), _now);
            if (!TryKeep(path, stamp))
            {
                TelemetryCopy.Copy(InData(path), InBackup(path));
                position = Math.Max(position, TelemetryCopy.PositionOf(InBackup(path)));
                Record(path, stamp);
            }
            else
                position = Math.Max(position, TelemetryCopy.PositionOf(InBackup(path)));
        }
        StoreCopy.RaiseTelemetryPosition(InBackup(StoreCopy.DatabaseName), position);
    }

    /// <summary>Takes a file from the last backup, when nothing was written to it since.</summary>
    private bool TryKeep(string path, string? stamp)
    {
        if (stamp is null || _last is not { } last || last.Manifest.Files.FirstOrDefault(file => file.Path == path) is not { } known)
            return false;
        if (known.Stamp != stamp || !OwnedFiles.TryLink(Path.Combine(last.Directory, path), InBackup(path)))
            return false;
        _files.Add(known);
        _kept++;
        return true;
    }

    private string CopyKey()
    {
        if (settings.KeyFile is { } elsewhere)
            return $"the key of secrets is not in it: keep {elsewhere} as well, apart";
        if (!File.Exists(InData(StoreCopy.KeyName)))
            return "there is no key of secrets";
        OwnedFiles.Copy(InData(StoreCopy.KeyName), InBackup(StoreCopy.KeyName));
        Record(StoreCopy.KeyName, stamp: null);
        return $"the key of secrets is in it ({StoreCopy.KeyName})";
    }

    private void Record(string path, string? stamp) =>
        _files.Add(new BackedUpFile(path, new FileInfo(InBackup(path)).Length, BackupManifest.HashOf(InBackup(path)), stamp));

    private string InData(string path) => Path.Combine(settings.DataDirectory, path);

    private string InBackup(string path) => Path.Combine(_directory, path);
}
