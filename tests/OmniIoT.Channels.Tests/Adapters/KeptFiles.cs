using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Tests.Adapters;

/// <summary>Files in memory.</summary>
internal sealed class KeptFiles : IAttachmentStore
{
    private readonly Dictionary<string, (Attachment Attachment, ReadOnlyMemory<byte> Content)> _files = [];

    public int Count => _files.Count;

    public ValueTask<Attachment> StoreAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Attachment attachment = Attachment.Of($"file-{_files.Count + 1}", name, content.Span);
        _files[attachment.Id] = (attachment, content);
        return new(attachment);
    }

    public ValueTask<(Attachment Attachment, ReadOnlyMemory<byte> Content)?> ReadAsync(string id, CancellationToken cancellationToken) =>
        new(_files.TryGetValue(id, out (Attachment, ReadOnlyMemory<byte>) file) ? file : null);

    public ValueTask<StoredAttachment?> FindAsync(string id, CancellationToken cancellationToken) =>
        new(
            _files.TryGetValue(id, out (Attachment Attachment, ReadOnlyMemory<byte>) file)
                ? new StoredAttachment(file.Attachment, null, default)
                : null
        );
}
