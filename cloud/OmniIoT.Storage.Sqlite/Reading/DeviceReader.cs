using OmniIoT.Domain.Devices;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class DeviceReader(ReaderPool readers) : IDeviceQueries
{
    public ValueTask<DeviceRegistration?> FindAsync(string id, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM devices WHERE id = $1").Bind(id).ReadFirst<DeviceRegistration>()));

    public ValueTask<Page<DeviceRegistration>> ListAsync(DeviceFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "devices", Order.ById)
            .Equal("model", filter.Model)
            .In("customer_id", Members.Of(readers, filter.CustomerId))
            .Equal("site_id", filter.SiteId)
            .Contains("search", filter.Text)
            .Read<DeviceRegistration>(readers, page));

    public ValueTask<Page<DeviceCommand>> CommandsAsync(string deviceId, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "commands", Order.NewestFirst("created_at"))
            .Equal("device_id", deviceId)
            .Read<DeviceCommand>(readers, page));

    public ValueTask<DeviceCommand?> FindCommandAsync(string deviceId, string commandId, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM commands WHERE device_id = $1 AND id = $2")
            .Bind(deviceId).Bind(commandId).ReadFirst<DeviceCommand>()));

    public ValueTask<Page<DeviceMessage>> MessagesAsync(string deviceId, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "device_messages", Order.NewestFirst("created_at"))
            .Equal("device_id", deviceId)
            .Read<DeviceMessage>(readers, page));

    public ValueTask<DeviceMessage?> FindMessageAsync(string deviceId, string messageId, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("SELECT json FROM device_messages WHERE device_id = $1 AND id = $2")
            .Bind(deviceId).Bind(messageId).ReadFirst<DeviceMessage>()));
}
