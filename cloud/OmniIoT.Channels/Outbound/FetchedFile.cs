using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Outbound;

/// <summary>What came of asking a provider for a file.</summary>
/// <param name="Content">At most <see cref="Attachment.MaximumBytes"/>; null: it was not to be had.</param>
/// <param name="Why">It was not to be had, in words; null: it is here.</param>
public sealed record FetchedFile(byte[]? Content, string? Why)
{
    /// <summary>Where the provider says that it lies; null: it does not.</summary>
    public Uri? Elsewhere { get; init; }

    public static FetchedFile Missing(string why) => new(null, why);
}
