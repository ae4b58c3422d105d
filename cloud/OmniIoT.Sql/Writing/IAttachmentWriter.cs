using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>Files that came with messages.</summary>
internal interface IAttachmentWriter
{
    void Put(PutAttachment put);
    void Name(AppendMessage append);
    void Drop(DropAttachments drop);
    void Erase(string customerId);
}
