using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Help;

/// <summary>
/// What readers of the help pages may take, who need not say who they are: so much from one address, and in all. Pages are cheap; a
/// search compares all articles, and what is noted lies on the disk.
/// </summary>
internal sealed class HelpQuotas(IAttempts attempts)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // An office behind one address may search at once.
    private static readonly AttemptRule SearchesOfAddress = new("help-search", 120, Minute);
    private static readonly AttemptRule Searches = new("help-search-all", 3_000, Minute);

    private static readonly AttemptRule NotesOfAddress = new("help-note", 10, Minute);
    private static readonly AttemptRule Notes = new("help-note-all", 300, Minute);

    /// <summary>Counts a search.</summary>
    /// <returns>How long the reader has to wait; null when they need not.</returns>
    public ValueTask<TimeSpan?> TakeSearchAsync(string address) =>
        new Attempt(attempts, (SearchesOfAddress, address), (Searches, "")).TakeAsync();

    /// <summary>Counts a rating, or a question that found nothing.</summary>
    /// <returns>How long the reader has to wait; null when they need not.</returns>
    public ValueTask<TimeSpan?> TakeNoteAsync(string address) => new Attempt(attempts, (NotesOfAddress, address), (Notes, "")).TakeAsync();
}
