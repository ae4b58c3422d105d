using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Api.Help;

/// <summary>
/// What strangers leave on the help pages: one note a second at most, in all; what comes between is not kept. It counts what many think,
/// and nobody can fill the disk with it.
/// </summary>
public sealed class HelpNotes(ICommitter committer, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _last = long.MinValue;

    /// <param name="note">Null: nothing is to be kept.</param>
    public async ValueTask KeepAsync(PutDocument? note)
    {
        long now = time.GetTimestamp(),
            last = Interlocked.Read(ref _last);
        bool isTime = last == long.MinValue || time.GetElapsedTime(last, now) >= Pause;
        if (note is null || !isTime || Interlocked.CompareExchange(ref _last, now, last) != last)
            return;
        await committer.CommitAsync(new CommitUnit { Effects = { note } });
    }
}
