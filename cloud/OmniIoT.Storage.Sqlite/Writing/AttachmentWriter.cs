using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Files of messages.</summary>
internal sealed class AttachmentWriter(DatabaseConnection connection) : IAttachmentWriter
{
    private readonly Statement _put = connection.Prepare(
        "INSERT INTO attachments (id, at, json, content) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING"
    );
    private readonly Statement _name = connection.Prepare("UPDATE attachments SET customer_id = $1 WHERE id = $2");
    private readonly Statement _drop = connection.Prepare("DELETE FROM attachments WHERE customer_id IS NULL AND at < $1");
    private readonly Statement _erase = connection.Prepare("DELETE FROM attachments WHERE customer_id = $1");

    public void Put(PutAttachment put) =>
        _put.Bind(put.Attachment.Id).Bind(put.At.UnixMilliseconds).Bind(Json.Write(put.Attachment)).Bind(put.Content.Span).Run();

    /// <summary>What a message names is its customer's.</summary>
    public void Name(AppendMessage append)
    {
        foreach (Domain.Desk.Channels.Attachment attachment in append.Message.Attachments)
            _name.Bind(append.CustomerId).Bind(attachment.Id).Run();
    }

    public void Drop(DropAttachments drop) => _drop.Bind(drop.Before.UnixMilliseconds).Run();

    public void Erase(string customerId) => _erase.Bind(customerId).Run();
}
