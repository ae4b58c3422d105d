using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

internal sealed class ConversationWriter(DatabaseConnection connection, ChangeWriter changes, WorkWriter work) : IConversationWriter
{
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO conversations (id, customer_id, status, queue, channel, assignee, last_message_at, number, merged_into, attention, json)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, status = excluded.status, queue = excluded.queue,
            channel = excluded.channel, assignee = excluded.assignee, last_message_at = excluded.last_message_at,
            number = excluded.number, merged_into = excluded.merged_into, attention = excluded.attention, json = excluded.json
        """
    );
    private readonly Statement _append = connection.Prepare(
        """
        INSERT INTO messages (id, conversation_id, customer_id, at, channel, external_id, json) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO NOTHING
        """
    );
    private readonly Statement _change = connection.Prepare("UPDATE messages SET external_id = $1, json = $2 WHERE id = $3");
    private readonly Statement _delete = connection.Prepare("DELETE FROM conversations WHERE customer_id = $1");
    private readonly Statement _deleteMessages = connection.Prepare("DELETE FROM messages WHERE customer_id = $1");

    public void Put(Conversation conversation)
    {
        _put.Bind(conversation.Id)
            .Bind(conversation.CustomerId)
            .Bind(EnumText<ConversationStatus>.Of(conversation.Status))
            .Bind(conversation.Queue)
            .Bind(conversation.Channel)
            .Bind(conversation.Assignee)
            .Bind(conversation.LastMessageAt.UnixMilliseconds)
            .Bind(conversation.Number)
            .Bind(conversation.MergedInto)
            .Bind(Attention.Of(conversation.Sla))
            .Bind(Json.Write(conversation))
            .Run();
        work.Put(WorkKind.Conversation, conversation.Id, Work.Of(conversation));
        changes.Add("conversation", conversation.CustomerId, conversation.DeviceId, Json.WriteShown(conversation));
    }

    public void Append(AppendMessage effect)
    {
        ConversationMessage message = effect.Message;
        int added = _append
            .Bind(message.Id)
            .Bind(message.ConversationId)
            .Bind(effect.CustomerId)
            .Bind(message.At.UnixMilliseconds)
            .Bind(message.Channel)
            .Bind(message.ExternalId)
            .Bind(Json.Write(message))
            .Run();
        if (added > 0)
            changes.Add("message", effect.CustomerId, null, Json.WriteWithCustomer(message, effect.CustomerId));
    }

    public void Put(PutMessage effect)
    {
        ConversationMessage message = effect.Message;
        _change.Bind(message.ExternalId).Bind(Json.Write(message)).Bind(message.Id).Run();
        changes.Add("message", effect.CustomerId, null, Json.WriteWithCustomer(message, effect.CustomerId));
    }

    public void Erase(string customerId)
    {
        _delete.Bind(customerId).Run();
        _deleteMessages.Bind(customerId).Run();
        work.Erase(customerId);
    }
}
