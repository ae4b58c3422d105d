namespace OmniIoT.Host.Backups;

/// <summary>A backup or a restore instead of a start.</summary>
/// <param name="IsRestore">False: a backup.</param>
/// <param name="Folder">Of the backups.</param>
/// <param name="IsForced">Whether a data directory that holds something may be overwritten.</param>
internal sealed record BackupErrand(bool IsRestore, string Folder, bool IsForced)
{
    /// <summary>Does it, and tells what was done.</summary>
    /// <exception cref="BackupException">It cannot be done.</exception>
    public async Task<int> RunAsync(HostSettings settings)
    {
        if (settings.Cluster is not null)
            throw new BackupException(
                "backup and restore are for the embedded store, and OmniIoT:Cluster:Postgres is set: use pg_dump or pg_basebackup, as docs/operate.md says."
            );
        string done = IsRestore ? new Restore(settings, Folder, IsForced).Run() : new Backup(settings, Folder, TimeProvider.System).Run();
        await Console.Out.WriteLineAsync(
            settings.Influx is null ? done : done + "; readings are in InfluxDB, which has backups of its own"
        );
        return 0;
    }
}
