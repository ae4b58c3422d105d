using OmniIoT.Api.Answers;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Api.Help;

/// <summary>
/// What strangers leave on the help pages, within their quotas; what goes beyond is not kept, and nobody is told: it counts what many
/// think, and no one of them can fill the disk or speak for the others.
/// </summary>
internal sealed class HelpNotes(ICommitter committer, HelpQuotas quotas, TimeProvider time)
{
    /// <summary>A question that found nothing.</summary>
    public async ValueTask KeepGapAsync(string question, string locale, string address)
    {
        if (Gap.Note(question, locale, Instant.FromTime(time.GetUtcNow()), Gap.OfHelp) is { } gap)
            await KeepAsync(gap, address);
    }

    /// <summary>Whether an article helped a reader.</summary>
    public ValueTask KeepRatingAsync(string articleId, bool helped, string address) =>
        KeepAsync(ArticleFeedback.Note(articleId, helped), address);

    private async ValueTask KeepAsync(PutDocument note, string address)
    {
        if (await quotas.TakeNoteAsync(address) is null)
            await committer.CommitAsync(new CommitUnit { Effects = { note } });
    }
}
