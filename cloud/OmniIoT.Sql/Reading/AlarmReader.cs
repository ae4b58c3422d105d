using OmniIoT.Devices.Models;
using OmniIoT.Domain.Alarms;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class AlarmReader(ISqlReader sql) : IAlarmQueries
{
    public ValueTask<Alarm?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<Alarm>("SELECT json FROM alarms WHERE id = $1", [id], cancellationToken);

    public async ValueTask<Page<Alarm>> ListAsync(AlarmFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await new Select("json", "alarms", Order.NewestFirst("raised_at"))
            .Equal("device_id", filter.DeviceId)
            .In("device_id", "SELECT id FROM devices WHERE customer_id", await Members.OfAsync(sql, filter.OwnerId, cancellationToken))
            // An owner's few devices lead to few alarms, and their state to those of everybody: as an expression it has no index.
            .Equal(filter.OwnerId is null ? "state" : "(state || '')", EnumText<AlarmState>.Of(filter.State))
            .Equal("severity", EnumText<Severity>.Of(filter.Severity))
            .Equal("case_id", filter.CaseId)
            .Within(BoundKind.Alarm, filter.Within)
            .ReadAsync<Alarm>(sql, page, cancellationToken);
}
