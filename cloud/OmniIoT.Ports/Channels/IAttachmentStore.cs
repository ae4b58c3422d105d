using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Ports.Channels;

/// <summary>Keeps the files of messages.</summary>
public interface IAttachmentStore
{
    /// <summary>Stores a file of at most 20 MiB and sniffs its media type. One that no message names within a day is taken away.</summary>
    ValueTask<Attachment> StoreAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    ValueTask<(Attachment Attachment, ReadOnlyMemory<byte> Content)?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>What is known of a file without its content; null: there is none, or it was to be taken away by now.</summary>
    ValueTask<StoredAttachment?> FindAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Files as stored.</summary>
public interface IAttachmentQueries
{
    ValueTask<StoredAttachment?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The content; null: there is none.</summary>
    ValueTask<byte[]?> ReadAsync(string id, CancellationToken cancellationToken);
}

/// <param name="CustomerId">Whose message names it; null: none does.</param>
/// <param name="At">When it was stored.</param>
public sealed record StoredAttachment(Attachment Attachment, string? CustomerId, Instant At);
