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
        CancellationToken cancellationToken
    )
    {
        Select select = new Select("json", "cases", Order.NewestFirst("number"))
            .Equal("status", EnumText<CaseStatus>.Of(filter.Status))
            .Equal("device_id", filter.DeviceId)
            .In("customer_id", await Members.OfAsync(sql, filter.CustomerId, cancellationToken))
            .Equal("queue", filter.Queue)
            .Equal("priority", EnumText<CasePriority>.Of(filter.Priority))
            .Contains("search", filter.Text);
        if (filter.Assignee is { Length: 0 })
            select.Where("assignee IS NULL");
        else
            select.Equal("assignee", filter.Assignee);
        if (filter.Unresolved is { } unresolved)
            select.Where(unresolved ? "unresolved = 1" : "unresolved = 0");
        return await select.ReadAsync<Case>(sql, page, cancellationToken);
    }
}
