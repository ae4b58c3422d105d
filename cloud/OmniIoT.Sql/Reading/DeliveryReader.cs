using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Systems;

namespace OmniIoT.Sql.Reading;

internal sealed class DeliveryReader(ISqlReader sql) : IChangeDeliveries
{
    private const string Heads =
        "id, system, lane, sequence, at, kind, customer_id, device_id, state, attempts, status_code, error, tried_at, next_at, since";

    private const string Columns = Heads + ", json";

    private const string Due = $"""
        SELECT {Heads} FROM change_deliveries d WHERE system = $1 AND state = 'waiting' AND next_at <= $2 AND NOT EXISTS (
            SELECT 1 FROM change_deliveries earlier
            WHERE earlier.system = d.system AND earlier.lane = d.lane AND earlier.state = 'waiting' AND earlier.sequence < d.sequence)
        ORDER BY next_at, sequence LIMIT $3
        """;

    private const string One = $"SELECT {Columns} FROM change_deliveries WHERE system = $1 AND id = $2";

    public ValueTask<IReadOnlyList<ChangeDelivery>> DueAsync(string system, Instant now, int limit, CancellationToken cancellationToken) =>
        sql.ReadAsync(Due, [system, now.UnixMilliseconds, (long)limit], static row => ReadHead(row, 0), cancellationToken);

    public ValueTask<Page<ChangeDelivery>> ListAsync(string system, PageRequest page, CancellationToken cancellationToken) =>
        new Select(Columns, "change_deliveries", Order.NewestFirst("sequence"))
            .Equal("system", system)
            .ReadAsync(sql, page, static row => Read(row, Select.FirstColumn), cancellationToken);

    public ValueTask<ChangeDelivery?> FindAsync(string system, string id, CancellationToken cancellationToken) =>
        sql.FirstAsync(One, [system, id], static row => Read(row, 0), cancellationToken);

    private static ChangeDelivery Read(IRow row, int first) => ReadHead(row, first) with { Json = row.Bytes(first + 15).ToArray() };

    private static ChangeDelivery ReadHead(IRow row, int first) =>
        new()
        {
            Id = row.Text(first),
            System = row.Text(first + 1),
            Lane = row.Text(first + 2),
            Sequence = row.Int64(first + 3),
            At = new Instant(row.Int64(first + 4)),
            Kind = row.Text(first + 5),
            CustomerId = row.NullableText(first + 6),
            DeviceId = row.NullableText(first + 7),
            State = EnumText<DeliveryState>.Parse(row.Text(first + 8)),
            Attempts = (int)row.Int64(first + 9),
            StatusCode = (int?)row.NullableInt64(first + 10),
            Error = row.NullableText(first + 11),
            TriedAt = TimeOf(row, first + 12),
            NextAt = TimeOf(row, first + 13),
            Since = new Instant(row.Int64(first + 14)),
        };

    private static Instant? TimeOf(IRow row, int column) => row.NullableInt64(column) is { } time ? new Instant(time) : null;
}
