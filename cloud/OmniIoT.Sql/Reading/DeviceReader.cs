using OmniIoT.Devices.Models;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Search;
using OmniIoT.Ports.Queries;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Sql.Reading;

internal sealed class DeviceReader(ISqlReader sql, ITextIndex text) : IDeviceQueries
{
    public ValueTask<DeviceRegistration?> FindAsync(string id, CancellationToken cancellationToken) =>
        sql.FirstAsync<DeviceRegistration>("SELECT json FROM devices WHERE id = $1", [id], cancellationToken);

    public async ValueTask<Page<DeviceRegistration>> ListAsync(DeviceFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        Select select = new Select("json", "devices", Order.ById)
            .Equal("model", filter.Model)
            .In("customer_id", await Members.OfAsync(sql, filter.CustomerId, cancellationToken))
            .Equal("site_id", filter.SiteId)
            .Within(BoundKind.Device, filter.Within);
        if (SearchQuery.Of(filter.Text) is { IsEmpty: false } query)
            select.Where(await text.SaysAsync(select, Searched.Devices, query, cancellationToken));
        string Name(Severity severity) => select.Parameter(EnumText<Severity>.Of(severity));
        const string active = "SELECT device_id FROM alarms WHERE state = 'active'";
        if (filter.Alarmed is { } alarmed)
            select.Where($"id {(alarmed ? "IN" : "NOT IN")} ({active})");
        if (filter.Severity is { } worst)
        {
            select.Where($"id IN ({active} AND severity = {Name(worst)})");
            foreach (Severity worse in Enum.GetValues<Severity>().Where(severity => severity > worst))
                select.Where($"id NOT IN ({active} AND severity = {Name(worse)})");
        }
        return await select.ReadAsync<DeviceRegistration>(sql, page, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<string, string>> NamesAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    ) =>
        Names.OfAsync(
            sql,
            "SELECT id, json FROM devices WHERE id",
            ids,
            static row => Json.Read<DeviceRegistration>(row.Bytes(1)).Name,
            cancellationToken
        );

    public ValueTask<Page<DeviceCommand>> CommandsAsync(string deviceId, PageRequest page, CancellationToken cancellationToken) =>
        SentAsync<DeviceCommand>("commands", deviceId, page, cancellationToken);

    public ValueTask<DeviceCommand?> FindCommandAsync(string deviceId, string commandId, CancellationToken cancellationToken) =>
        FindSentAsync<DeviceCommand>("commands", deviceId, commandId, cancellationToken);

    public ValueTask<Page<DeviceMessage>> MessagesAsync(string deviceId, PageRequest page, CancellationToken cancellationToken) =>
        SentAsync<DeviceMessage>("device_messages", deviceId, page, cancellationToken);

    public ValueTask<DeviceMessage?> FindMessageAsync(string deviceId, string messageId, CancellationToken cancellationToken) =>
        FindSentAsync<DeviceMessage>("device_messages", deviceId, messageId, cancellationToken);

    private ValueTask<Page<T>> SentAsync<T>(string table, string deviceId, PageRequest page, CancellationToken cancellationToken) =>
        new Select("json", table, Order.NewestFirst("created_at")).Equal("device_id", deviceId).ReadAsync<T>(sql, page, cancellationToken);

    private ValueTask<T?> FindSentAsync<T>(string table, string deviceId, string id, CancellationToken cancellationToken)
        where T : class =>
        sql.FirstAsync<T>($"SELECT json FROM {table} WHERE device_id = $1 AND id = $2", [deviceId, id], cancellationToken);
}
