using OmniIoT.Devices;
using OmniIoT.Domain.Alarms;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class AlarmReader(ISqlReader sql) : IAlarmQueries
{
    public ValueTask<Alarm?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<Alarm>("SELECT json FROM alarms WHERE id = $1", [id], cancellationToken);

    public ValueTask<Page<Alarm>> ListAsync(AlarmFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        new Select("json", "alarms", Order.NewestFirst("raised_at"))
            .Equal("device_id", filter.DeviceId)
            .In("device_id", "SELECT id FROM devices WHERE customer_id", Members.Of(readers, filter.OwnerId))
            // An owner's few devices lead to few alarms, and their state to those of everybody: the sign keeps its index out.
            .Equal(filter.OwnerId is null ? "state" : "+state", EnumText<AlarmState>.Of(filter.State))
            .Equal("severity", EnumText<Severity>.Of(filter.Severity))
            .Equal("case_id", filter.CaseId)
            .ReadAsync<Alarm>(sql, page, cancellationToken);
}
