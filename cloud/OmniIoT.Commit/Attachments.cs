using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Commit;

/// <summary>Keeps files in the store, and takes those away that nobody named in time whenever another comes.</summary>
public sealed class Attachments(IAttachmentQueries queries, ICommitter committer, IdGenerator ids) : IAttachmentStore
{
    public async ValueTask<Attachment> StoreAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, Attachment.MaximumBytes);
        Attachment attachment = Attachment.Of(ids.Next(), name, content.Span);
        CommitUnit unit = new()
        {
            Effects = { new DropAttachments(ids.Now() - Attachment.UnnamedFor), new PutAttachment(attachment, content, ids.Now()) },
        };
        await committer.CommitAsync(unit);
        return attachment;
    }

    public async ValueTask<(Attachment Attachment, ReadOnlyMemory<byte> Content)?> ReadAsync(
        string id,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(id, cancellationToken) is { } found && await queries.ReadAsync(id, cancellationToken) is { } content
            ? (found.Attachment, content)
            : null;

    public async ValueTask<StoredAttachment?> FindAsync(string id, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, cancellationToken) is { } found
        && (found.CustomerId is not null || found.At >= ids.Now() - Attachment.UnnamedFor)
            ? found
            : null;
}
