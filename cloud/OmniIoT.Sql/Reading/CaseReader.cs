using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Search;
using OmniIoT.Ports.Queries;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Sql.Reading;

internal sealed class CaseReader(ISqlReader sql, ITextIndex text) : ICaseQueries
{
    public ValueTask<Case?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<Case>("SELECT json FROM cases WHERE id = $1", [id], cancellationToken);

    public ValueTask<Case?> FindByNumberAsync(long number, CancellationToken cancellationToken) =>
        sql.FirstAsync<Case>("SELECT json FROM cases WHERE number = $1 ORDER BY id", [number], cancellationToken);

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
            .Equal("queue", filter.Queue, filter.IgnoresCase)
            .Equal("priority", EnumText<CasePriority>.Of(filter.Priority))
            .EqualOrNone("assignee", filter.Assignee, filter.IgnoresCase)
            .Within(BoundKind.Case, filter.Within);
        if (filter.Unresolved is { } unresolved)
            select.Where(unresolved ? "unresolved = 1" : "unresolved = 0");
        foreach (IReadOnlyList<string> ways in SearchQuery.Of(filter.Text).Words)
            await MentionsAsync(select, ways, cancellationToken);
        return select;
    }

    private async ValueTask MentionsAsync(Select select, IReadOnlyList<string> ways, CancellationToken cancellationToken)
    {
        SearchQuery word = new([ways]);
        string? itself = await text.IdsAsync(select, Searched.Cases, word, cancellationToken);
        itself ??= $"SELECT id FROM cases WHERE {text.Says(select, "search", ways)}";
        string? devices = await text.IdsAsync(select, Searched.Devices, word, cancellationToken);
        string device = devices is null
            ? $"EXISTS (SELECT 1 FROM devices d WHERE d.id = device_id AND {text.Says(select, "d.search", ways)})"
            : $"device_id IN ({devices})";
        string? persons = await NamedCustomer.IdsAsync(text, select, ways, cancellationToken);
        string customer = persons is null
            ? await NamedCustomer.ByAsync(text, select, ways, cancellationToken)
            : $"customer_id IN ({persons})";
        const string selecting = "SELECT id FROM cases WHERE";
        select.Where(
            devices is null || persons is null
                ? $"(id IN ({itself}) OR {device} OR {customer})"
                : $"id IN ({itself} UNION {selecting} {device} UNION {selecting} {customer})"
        );
    }
}
