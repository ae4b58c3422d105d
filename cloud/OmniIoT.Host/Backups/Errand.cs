namespace OmniIoT.Host.Backups;

/// <summary>Something that is done instead of a start.</summary>
/// <param name="IsRestore">False: a backup.</param>
/// <param name="Folder">Of the backups.</param>
/// <param name="IsForced">Whether a data directory that holds something may be overwritten.</param>
internal sealed record Errand(bool IsRestore, string Folder, bool IsForced)
{
    /// <returns>What was done, for people.</returns>
    /// <exception cref="BackupException">It cannot be done.</exception>
    public string Run(HostSettings settings)
    {
        if (settings.Cluster is not null)
            throw new BackupException(
                "backup and restore are for the embedded store, and OmniIoT:Cluster:Postgres is set: use pg_dump or pg_basebackup, as docs/operate.md says."
            );
        string done = IsRestore ? new Restore(settings, Folder, IsForced).Run() : new Backup(settings, Folder, TimeProvider.System).Run();
        return settings.Influx is null ? done : done + "; readings are in InfluxDB, which has backups of its own";
    }
}
