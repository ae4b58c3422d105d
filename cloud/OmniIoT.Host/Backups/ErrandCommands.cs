using System.CommandLine;

namespace OmniIoT.Host.Backups;

/// <summary>How errands are said on the command line.</summary>
internal sealed class ErrandCommands
{
    private readonly Argument<string> _backupFolder = new("directory") { Description = "gathers backups; created when missing" };
    private readonly Argument<string> _restoreFolder = new("directory")
    {
        Description = "of backups: the newest whole one; or one of them",
    };
    private readonly Option<bool> _force = new("--force")
    {
        Arity = ArgumentArity.Zero,
        Description = "replaces a data directory that holds something",
    };

    public ErrandCommands()
    {
        Backup = new Command("backup", "Backs up the data directory, also while its host runs.") { _backupFolder };
        Restore = new Command("restore", "Puts a backup in the place of the data directory.") { _restoreFolder, _force };
        Backup.SetAction(_ => 0);
        Restore.SetAction(_ => 0);
    }

    public Command Backup { get; }

    public Command Restore { get; }

    /// <summary>Null: none was said.</summary>
    public Errand? Read(ParseResult parsed)
    {
        if (parsed.CommandResult.Command == Backup)
            return new Errand(IsRestore: false, parsed.GetValue(_backupFolder)!, IsForced: false);
        if (parsed.CommandResult.Command == Restore)
            return new Errand(IsRestore: true, parsed.GetValue(_restoreFolder)!, parsed.GetResult(_force) is { Implicit: false });
        return null;
    }
}
