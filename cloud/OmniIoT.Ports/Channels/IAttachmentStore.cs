using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Ports.Channels;

/// <summary>Keeps the files of messages.</summary>
public interface IAttachmentStore
{
    /// <summary>Stores a file of at most 20 MiB and sniffs its media type. One that no message names within a day is taken away.</summary>
    ValueTask<Attachment> StoreAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    ValueTask<(Attachment Attachment, ReadOnlyMemory<byte> Content)?> ReadAsync(string id, CancellationToken cancellationToken);
}
