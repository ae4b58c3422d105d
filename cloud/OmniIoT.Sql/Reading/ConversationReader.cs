using OmniIoT.Domain.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class ConversationReader(ISqlReader sql) : IConversationQueries
{
    public ValueTask<Conversation?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<Conversation>("SELECT json FROM conversations WHERE id = $1", [id], cancellationToken);

    public async ValueTask<Page<Conversation>> ListAsync(ConversationFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        Select select = new Select("json", "conversations", Order.NewestFirst("last_message_at"))
            .Equal("status", EnumText<ConversationStatus>.Of(filter.Status))
            .Equal("queue", filter.Queue)
            .Equal("channel", filter.Channel)
            .Equal("assignee", filter.Assignee)
            .In("customer_id", await Members.OfAsync(sql, filter.CustomerId, cancellationToken));
        foreach (string word in SearchText.Words(filter.Text))
            select.Where($"({NamedCustomer.By(select.Like(word))})");
        return await select.ReadAsync<Conversation>(sql, page, cancellationToken);
    }

    public ValueTask<IReadOnlyList<ConversationMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken) =>
        sql.AllAsync<ConversationMessage>(
            "SELECT json FROM messages WHERE conversation_id = $1 ORDER BY at, id",
            [conversationId],
            cancellationToken
        );
}
