using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Words of the company that wait for a provider.</summary>
internal sealed class OutgoingWriter(DatabaseConnection connection) : IOutgoingWriter
{
    private readonly Statement _append = connection.Prepare(
        """
        INSERT INTO outgoing_messages (message_id, conversation_id, customer_id, channel, json, next_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (message_id) DO NOTHING
        """
    );
    private readonly Statement _find = connection.Prepare("SELECT 1 FROM outgoing_messages WHERE message_id = $1 AND tries = $2");
    private readonly Statement _begin = connection.Prepare(
        "UPDATE outgoing_messages SET state = 'sending', tries = tries + 1 WHERE message_id = $1"
    );
    private readonly Statement _later = connection.Prepare(
        "UPDATE outgoing_messages SET state = 'waiting', next_at = $1 WHERE message_id = $2"
    );
    private readonly Statement _end = connection.Prepare("DELETE FROM outgoing_messages WHERE message_id = $1");
    private readonly Statement _erase = connection.Prepare("DELETE FROM outgoing_messages WHERE customer_id = $1");

    public void Append(OutgoingMessage message) =>
        _append
            .Bind(message.MessageId)
            .Bind(message.ConversationId)
            .Bind(message.CustomerId)
            .Bind(message.Channel)
            .Bind(Json.Write(message))
            .Bind(message.CreatedAt.UnixMilliseconds)
            .Run();

    /// <summary>Whether the effect begins what somebody else began, or what waits no more.</summary>
    public bool IsStale(Effect effect)
    {
        if (effect is not BeginSending begin)
            return false;
        bool waits = _find.Bind(begin.MessageId).Bind(begin.Tries).Step();
        _find.Reset();
        return !waits;
    }

    public void Begin(BeginSending begin) => _begin.Bind(begin.MessageId).Run();

    public void Postpone(SendLater later) => _later.Bind(later.NextAt.UnixMilliseconds).Bind(later.MessageId).Run();

    public void End(EndSending end) => _end.Bind(end.MessageId).Run();

    public void Erase(string customerId) => _erase.Bind(customerId).Run();
}
