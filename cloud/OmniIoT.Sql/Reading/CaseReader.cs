using OmniIoT.Domain.Cases;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class CaseReader(ISqlReader sql) : ICaseQueries
{
    public ValueTask<Case?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<Case>("SELECT json FROM cases WHERE id = $1", [id], cancellationToken);

    public async ValueTask<Page<Case>> ListAsync(
        CaseFilter filter,
        PageRequest page,
        CancellationToken cancellationToken,
        CaseOrder order = CaseOrder.Newest
    )
    {
        Select select = await SelectAsync(
            filter,
            order switch
            {
                CaseOrder.Pressing => Order.NewestFirst("pressing"),
                CaseOrder.Breached => Order.OldestFirst("attention"),
                _ => Order.NewestFirst("number"),
            },
            cancellationToken
        );
        return await select.ReadAsync<Case>(sql, page, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<CaseCount>> CountAsync(CaseFilter filter, CancellationToken cancellationToken)
    {
        Select select = await SelectAsync(filter, Order.ById, cancellationToken);
        return await select.CountAsync(
            sql,
            "queue, status",
            static row => new CaseCount(row.Text(0), EnumText<CaseStatus>.Parse(row.Text(1)), row.Int64(2)),
            cancellationToken
        );
    }

    private async ValueTask<Select> SelectAsync(CaseFilter filter, Order order, CancellationToken cancellationToken)
    {
        Select select = new Select("json", "cases", order)
            .Equal("status", EnumText<CaseStatus>.Of(filter.Status))
            .Equal("device_id", filter.DeviceId)
            .In("customer_id", await Members.OfAsync(sql, filter.CustomerId, cancellationToken))
            .Equal("queue", filter.Queue)
            .Equal("priority", EnumText<CasePriority>.Of(filter.Priority))
            .EqualOrNone("assignee", filter.Assignee);
        if (filter.Unresolved is { } unresolved)
            select.Where(unresolved ? "unresolved = 1" : "unresolved = 0");
        foreach (string word in SearchText.Words(filter.Text))
            Mentions(select, word);
        return select;
    }

    private static void Mentions(Select select, string word)
    {
        string like = select.Like(word);
        string device = $"device_id {like} OR device_id IN (SELECT id FROM devices WHERE search {like})";
        select.Where($"(search {like} OR {device} OR {NamedCustomer.By(like)})");
    }
}
