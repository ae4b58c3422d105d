using System.CommandLine;
using OmniIoT.Host.Backups;

namespace OmniIoT.Host;

/// <summary>Something that is done instead of a start.</summary>
/// <returns>The exit code.</returns>
internal delegate Task<int> Errand(HostSettings settings, CancellationToken stopping);

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

    private readonly Command _backup;
    private readonly Command _restore;
    private readonly Command _verify = new(
        "verify",
        "Looks whether the audit trail is as it was written: exit code 0, or 1 with the first entry that is not."
    );

    public ErrandCommands()
    {
        _backup = new Command("backup", "Backs up the data directory, also while its host runs.") { _backupFolder };
        _restore = new Command("restore", "Puts a backup in the place of the data directory.") { _restoreFolder, _force };
        foreach (Command command in (Command[])[_backup, _restore, _verify])
            command.SetAction(static _ => 0);
        All = [_backup, _restore, new Command("audit", "The audit trail.") { _verify }];
    }

    public IReadOnlyList<Command> All { get; }

    /// <summary>Null: none was said.</summary>
    public Errand? Read(ParseResult parsed)
    {
        Command said = parsed.CommandResult.Command;
        if (said == _verify)
            return AuditCommand.VerifyAsync;
        if (said == _backup)
            return Of(new BackupErrand(IsRestore: false, parsed.GetValue(_backupFolder)!, IsForced: false));
        if (said == _restore)
            return Of(new BackupErrand(IsRestore: true, parsed.GetValue(_restoreFolder)!, parsed.GetResult(_force) is { Implicit: false }));
        return null;
    }

    private static Errand Of(BackupErrand errand) => (settings, _) => errand.RunAsync(settings);
}
