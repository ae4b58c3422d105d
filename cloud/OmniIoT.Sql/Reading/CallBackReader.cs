using OmniIoT.Domain.Calls;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class CallBackReader(ISqlReader sql) : ICallBackQueries
{
    public ValueTask<CallBack?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<CallBack>("SELECT json FROM callbacks WHERE id = $1", [id], cancellationToken);

    public ValueTask<Page<CallBack>> ListAsync(CallBackFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        new Select("json", "callbacks", Order.OldestFirst("requested_at"))
            .Equal("queue", filter.Queue)
            .Equal("status", EnumText<CallBackStatus>.Of(filter.Status))
            .Within(BoundKind.Callback, filter.Within)
            .ReadAsync<CallBack>(sql, page, cancellationToken);
}
