using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Outbound;

/// <summary>The files of a message that leaves.</summary>
public static class AttachedFiles
{
    /// <summary>Those that are still there, with their contents.</summary>
    public static async ValueTask<IReadOnlyList<(Attachment Attachment, ReadOnlyMemory<byte> Content)>> ReadAllAsync(
        this IAttachmentStore store,
        IReadOnlyList<Attachment> attachments,
        CancellationToken cancellationToken
    )
    {
        List<(Attachment, ReadOnlyMemory<byte>)> files = [];
        foreach (Attachment attachment in attachments)
        {
            if (await store.ReadAsync(attachment.Id, cancellationToken) is { } file)
                files.Add(file);
        }
        return files;
    }
}
