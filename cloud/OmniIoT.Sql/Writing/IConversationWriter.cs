using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>Conversations and what was said in them.</summary>
internal interface IConversationWriter
{
    void Put(Conversation conversation);
    void Append(AppendMessage effect);
    void Put(PutMessage effect);
    void Erase(string customerId);
}
