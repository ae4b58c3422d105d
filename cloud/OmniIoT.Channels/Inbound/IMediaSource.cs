using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Inbound;

/// <summary>Gets the files of messages where one kind of provider keeps them.</summary>
public interface IMediaSource
{
    /// <summary>The <see cref="Channel.Type"/> whose files it gets.</summary>
    string Type { get; }

    /// <summary>Whether the provider tells again what was answered with an error.</summary>
    bool IsToldAgain => true;

    /// <summary>Asks the provider, and nobody else, for a file; throws for nothing that it does.</summary>
    /// <param name="reference">As the provider's call named it.</param>
    /// <param name="place">Taken before the file is read.</param>
    /// <exception cref="NoRoomException">There is no room for it.</exception>
    ValueTask<FetchedFile> FetchAsync(Channel channel, string reference, MediaPlace place, CancellationToken cancellationToken);
}
