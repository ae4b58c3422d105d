using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>What people write whole.</summary>
internal interface IDocumentWriter
{
    void Put(PutDocument effect);
    void Delete(DeleteDocument effect);
}
