using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Api.Help;

/// <summary>
/// What strangers leave on the help pages, within their quotas; what goes beyond is not kept, and nobody is told: it counts what many
/// think, and no one of them can fill the disk or speak for the others.
/// </summary>
internal sealed class HelpNotes(ICommitter committer, HelpQuotas quotas)
{
    /// <param name="note">Null: nothing is to be kept.</param>
    /// <param name="address">Of whom it comes from.</param>
    public async ValueTask KeepAsync(PutDocument? note, string address)
    {
        if (note is not null && await quotas.TakeNoteAsync(address) is null)
            await committer.CommitAsync(new CommitUnit { Effects = { note } });
    }
}
