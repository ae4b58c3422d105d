using OmniIoT.Domain.Cases;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class CaseReader(ReaderPool readers) : ICaseQueries
{
    public ValueTask<Case?> FindAsync(string id, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM cases WHERE id = $1").Bind(id).ReadFirst<Case>()));

    public ValueTask<Page<Case>> ListAsync(CaseFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        Select select = new Select("json", "cases", Order.NewestFirst("number"))
            .Equal("status", EnumText<CaseStatus>.Of(filter.Status))
            .Equal("device_id", filter.DeviceId)
            .In("customer_id", Members.Of(readers, filter.CustomerId))
            .Equal("queue", filter.Queue)
            .Equal("priority", EnumText<CasePriority>.Of(filter.Priority))
            .Contains("search", filter.Text);
        if (filter.Assignee is { Length: 0 }) select.Where("assignee IS NULL");
        else select.Equal("assignee", filter.Assignee);
        if (filter.Unresolved is { } unresolved) select.Where(unresolved ? "unresolved = 1" : "unresolved = 0");
        return new(select.Read<Case>(readers, page));
    }
}
