using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Sql.Reading;

internal sealed class AttachmentReader(ISqlReader sql) : IAttachmentQueries
{
    public ValueTask<StoredAttachment?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT json, customer_id, at FROM attachments WHERE id = $1",
            [id],
            static row => new StoredAttachment(Json.Read<Attachment>(row.Bytes(0)), row.NullableText(1), new Instant(row.Int64(2))),
            cancellationToken
        );

    public ValueTask<byte[]?> ReadAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync("SELECT content FROM attachments WHERE id = $1", [id], static row => row.Bytes(0).ToArray(), cancellationToken);
}
