using OmniIoT.Domain.Desk;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class ConversationReader(ReaderPool readers) : IConversationQueries
{
    public ValueTask<Conversation?> FindAsync(string id, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM conversations WHERE id = $1").Bind(id).ReadFirst<Conversation>()));

    public ValueTask<Page<Conversation>> ListAsync(ConversationFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "conversations", Order.NewestFirst("last_message_at"))
            .Equal("status", EnumText<ConversationStatus>.Of(filter.Status))
            .Equal("queue", filter.Queue)
            .In("customer_id", Members.Of(readers, filter.CustomerId))
            .Read<Conversation>(readers, page));

    public ValueTask<IReadOnlyList<ConversationMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM messages WHERE conversation_id = $1 ORDER BY at, id")
            .Bind(conversationId).ReadAll<ConversationMessage>()));
}
