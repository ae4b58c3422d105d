using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Inbound;

/// <summary>Gets the files of messages where one kind of provider keeps them.</summary>
public interface IMediaSource
{
    /// <summary>The <see cref="Channel.Type"/> whose files it gets.</summary>
    string Type { get; }

    /// <summary>Asks the provider, and nobody else, for a file; throws for nothing that it does.</summary>
    /// <param name="reference">As the provider's call named it.</param>
    ValueTask<FetchedFile> FetchAsync(Channel channel, string reference, CancellationToken cancellationToken);
}
