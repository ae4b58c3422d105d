using OmniIoT.Devices;
using OmniIoT.Domain.Alarms;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class AlarmReader(ReaderPool readers) : IAlarmQueries
{
    public ValueTask<Alarm?> FindAsync(string id, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM alarms WHERE id = $1").Bind(id).ReadFirst<Alarm>()));

    public ValueTask<Page<Alarm>> ListAsync(AlarmFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "alarms", Order.NewestFirst("raised_at"))
            .Equal("device_id", filter.DeviceId)
            .In("device_id", "SELECT id FROM devices WHERE customer_id", Members.Of(readers, filter.OwnerId))
            // An owner's few devices lead to few alarms, and their state to those of everybody: the sign keeps its index out.
            .Equal(filter.OwnerId is null ? "state" : "+state", EnumText<AlarmState>.Of(filter.State))
            .Equal("severity", EnumText<Severity>.Of(filter.Severity))
            .Equal("case_id", filter.CaseId)
            .Read<Alarm>(readers, page));
}
