using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Files of messages.</summary>
internal sealed class AttachmentWriter(CommitWork work) : IAttachmentWriter
{
    public void Put(PutAttachment put) =>
        work[Tables.Attachments].Append(put.Attachment.Id, put.At.UnixMilliseconds, Json.Write(put.Attachment), put.Content);

    /// <summary>What a message names is its customer's.</summary>
    public void Name(AppendMessage append)
    {
        if (append.Message.Attachments.Count == 0)
            return;
        work.Drain();
        string[] named = [.. append.Message.Attachments.Select(attachment => attachment.Id)];
        work.Batch.Add("UPDATE attachments SET customer_id = $1 WHERE id = ANY($2)", append.CustomerId, named);
    }

    public void Drop(DropAttachments drop)
    {
        work.Drain();
        work.Batch.Add("DELETE FROM attachments WHERE customer_id IS NULL AND at < $1", drop.Before.UnixMilliseconds);
    }

    public void Erase(string customerId) => work[Tables.Attachments].DeleteWhere("customer_id", customerId);
}
