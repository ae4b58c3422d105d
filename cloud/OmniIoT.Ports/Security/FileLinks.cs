namespace OmniIoT.Ports.Security;

/// <summary>
/// Links <c>/f/{token}</c> by which a provider fetches one file of a message that leaves: good for that file alone, and for half a day.
/// </summary>
public sealed class FileLinks(SignedLinks links)
{
    private const string Purpose = "file-link";

    // Twilio keeps a message at most ten hours until its turn comes (ValidityPeriod).
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public ValueTask<string> CreateAsync(string attachmentId, CancellationToken cancellationToken) =>
        links.CreateAsync(Purpose, attachmentId, Lifetime, cancellationToken);

    /// <summary>Which file it leads to; null when it is none of ours, or no longer good.</summary>
    public ValueTask<string?> FindAsync(string token, CancellationToken cancellationToken) =>
        links.FindAsync(Purpose, token, cancellationToken);
}
