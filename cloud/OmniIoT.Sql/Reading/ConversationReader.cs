using System.Globalization;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Search;
using OmniIoT.Ports.Queries;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Sql.Reading;

internal sealed class ConversationReader(ISqlReader sql, ITextIndex text) : IConversationQueries
{
    public ValueTask<Conversation?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<Conversation>("SELECT json FROM conversations WHERE id = $1", [id], cancellationToken);

    public async ValueTask<Page<Conversation>> ListAsync(
        ConversationFilter filter,
        PageRequest page,
        CancellationToken cancellationToken,
        ConversationOrder order = ConversationOrder.Newest
    )
    {
        Order by = order is ConversationOrder.Breached ? Order.OldestFirst("attention") : Order.NewestFirst("last_message_at");
        Select select = await SelectAsync(filter, by, cancellationToken);
        return await select.ReadAsync<Conversation>(sql, page, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ConversationCount>> CountAsync(ConversationFilter filter, CancellationToken cancellationToken)
    {
        Select select = await SelectAsync(filter, Order.ById, cancellationToken);
        return await select.CountAsync(
            sql,
            "queue, status",
            static row => new ConversationCount(row.Text(0), EnumText<ConversationStatus>.Parse(row.Text(1)), row.Int64(2)),
            cancellationToken
        );
    }

    public async ValueTask<Page<ConversationMessage>> MessagesAsync(
        string conversationId,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<string> merged = await sql.ReadAsync(
            """
            WITH RECURSIVE merged (id) AS (SELECT id FROM conversations WHERE merged_into = $1
                UNION SELECT c.id FROM conversations c JOIN merged ON c.merged_into = merged.id)
            SELECT id FROM merged
            """,
            [conversationId],
            static row => row.Text(0),
            cancellationToken
        );
        return await new Select("json", "messages", Order.NewestFirst("at"))
            .In("conversation_id", [conversationId, .. merged])
            .ReadAsync(
                sql,
                page,
                row => Json.Read<ConversationMessage>(row.Bytes(Select.FirstColumn)) with { ConversationId = conversationId },
                cancellationToken
            );
    }

    public async ValueTask<Page<ConversationMessage>> MessagesOfAsync(
        string customerId,
        PageRequest page,
        CancellationToken cancellationToken
    ) =>
        await new Select("json", "messages", Order.OldestFirst("at"))
            .In("customer_id", await Members.OfAsync(sql, customerId, cancellationToken))
            .ReadAsync<ConversationMessage>(sql, page, cancellationToken);

    public ValueTask<MessageOfCustomer?> FindMessageAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync("SELECT customer_id, json FROM messages WHERE id = $1", [id], ReadMessage, cancellationToken);

    public ValueTask<MessageOfCustomer?> FindMessageAsync(string channel, string externalId, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT customer_id, json FROM messages WHERE channel = $1 AND external_id = $2",
            [channel, externalId],
            ReadMessage,
            cancellationToken
        );

    private static MessageOfCustomer ReadMessage(IRow row) => new(row.Text(0), Json.Read<ConversationMessage>(row.Bytes(1)));

    /// <param name="ids">At most <see cref="PageRequest.MaximumLimit"/>.</param>
    public async ValueTask<IReadOnlyList<Conversation>> OfIdsAsync(
        IReadOnlyList<string> ids,
        Bounds? within,
        CancellationToken cancellationToken
    )
    {
        Select select = new Select("json", "conversations", Order.ById).In("id", ids).Within(BoundKind.Conversation, within);
        return (await select.ReadAsync<Conversation>(sql, new PageRequest(Limit: PageRequest.MaximumLimit), cancellationToken)).Items;
    }

    /// <summary>That whose number is all that is asked for; none where something else is.</summary>
    public async ValueTask<IReadOnlyList<Conversation>> OfNumberAsync(
        SearchQuery query,
        Bounds? within,
        CancellationToken cancellationToken
    )
    {
        if (
            query.Words is not [[string word, ..]]
            || !long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        )
            return [];
        Select numbered = new("json", "conversations", Order.ById);
        numbered.Where($"number = {numbered.Parameter(number)} AND number > 0").Within(BoundKind.Conversation, within);
        return (await numbered.ReadAsync<Conversation>(sql, new PageRequest(Limit: PageRequest.MaximumLimit), cancellationToken)).Items;
    }

    /// <summary>Those of customers who are named by every word of a query, the newest first.</summary>
    public async ValueTask<IReadOnlyList<Conversation>> OfNamedAsync(
        SearchQuery query,
        int most,
        Bounds? within,
        CancellationToken cancellationToken
    )
    {
        Select select = new Select("json", "conversations", Order.NewestFirst("last_message_at")).Within(BoundKind.Conversation, within);
        await NameAsync(select, query, cancellationToken);
        return (await select.ReadAsync<Conversation>(sql, new PageRequest(Limit: most), cancellationToken)).Items;
    }

    private async ValueTask<Select> SelectAsync(ConversationFilter filter, Order order, CancellationToken cancellationToken)
    {
        Select select = new Select("json", "conversations", order)
            .Equal("status", EnumText<ConversationStatus>.Of(filter.Status))
            .Equal("queue", filter.Queue, filter.IgnoresCase)
            .Equal("channel", filter.Channel, filter.IgnoresCase)
            .EqualOrNone("assignee", filter.Assignee, filter.IgnoresCase)
            .In("customer_id", await Members.OfAsync(sql, filter.CustomerId, cancellationToken))
            .Within(BoundKind.Conversation, filter.Within);
        if (filter.QuietSince is { } quiet)
            select.Where($"last_message_at <= {select.Parameter(quiet.UnixMilliseconds)}");
        await NameAsync(select, SearchQuery.Of(filter.Text), cancellationToken);
        return select;
    }

    private async ValueTask NameAsync(Select select, SearchQuery query, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<string> ways in query.Words)
            select.Where(await NamedCustomer.ByAsync(text, select, ways, cancellationToken));
    }
}
