using OmniIoT.Devices.Time;
using OmniIoT.Domain.Delivery;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class OutboxReader(ISqlReader sql) : IOutboxQueries, IDeadLetterQueries
{
    private const string Pending = """
        SELECT id, target, topic, payload, retain, reference, created_at, expires_at, change FROM outbox
        WHERE id > $1 ORDER BY id LIMIT $2
        """;

    public ValueTask<IReadOnlyList<Downlink>> PendingAsync(string? afterId, int limit, CancellationToken cancellationToken) =>
        sql.ReadAsync(Pending, [afterId ?? "", (long)limit], ReadDownlink, cancellationToken);

    public ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        new Select("json", "dead_letters", Order.NewestFirst("at")).ReadAsync<DeadLetter>(sql, page, cancellationToken);

    private static Downlink ReadDownlink(IRow row) =>
        new()
        {
            Id = row.Text(0),
            Target = StoredId.Parse(row.Text(1)),
            Topic = row.Text(2),
            Payload = row.Bytes(3).ToArray(),
            Retain = row.Int64(4) != 0,
            Reference = row.Text(5),
            CreatedAt = new Instant(row.Int64(6)),
            ExpiresAt = row.NullableInt64(7) is { } expires ? new Instant(expires) : null,
            Change = row.NullableBytes(8),
        };
}
