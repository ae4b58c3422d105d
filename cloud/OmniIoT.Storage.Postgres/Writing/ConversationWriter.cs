using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

internal sealed class ConversationWriter(CommitWork work, ChangeWriter changes, WorkWriter desk) : IConversationWriter
{
    public void Put(Conversation conversation)
    {
        work[Tables.Conversations]
            .Put(
                conversation.Id,
                conversation.CustomerId,
                EnumText<ConversationStatus>.Of(conversation.Status),
                conversation.Queue,
                conversation.Channel,
                conversation.Assignee,
                conversation.LastMessageAt.UnixMilliseconds,
                conversation.Number,
                conversation.MergedInto,
                Attention.Of(conversation.Sla),
                Json.Write(conversation)
            );
        desk.Put(WorkKind.Conversation, conversation.Id, Work.Of(conversation));
        changes.Add("conversation", conversation.CustomerId, conversation.DeviceId, Json.WriteShown(conversation));
    }

    public void Append(AppendMessage effect)
    {
        ConversationMessage message = effect.Message;
        NewRow? row = work[Tables.Messages].Append(RowOf(message, effect.CustomerId));
        changes.AddIfNew(row, "message", effect.CustomerId, null, Json.WriteWithCustomer(message, effect.CustomerId));
    }

    public void Put(PutMessage effect)
    {
        work[Tables.Messages].Put(RowOf(effect.Message, effect.CustomerId));
        changes.Add("message", effect.CustomerId, null, Json.WriteWithCustomer(effect.Message, effect.CustomerId));
    }

    public void Erase(string customerId)
    {
        work[Tables.Conversations].DeleteWhere("customer_id", customerId);
        work[Tables.Messages].DeleteWhere("customer_id", customerId);
        desk.Erase(customerId);
    }

    private static object?[] RowOf(ConversationMessage message, string customerId) =>
        [
            message.Id,
            message.ConversationId,
            customerId,
            message.At.UnixMilliseconds,
            message.Channel,
            message.ExternalId,
            Json.Write(message),
        ];
}
