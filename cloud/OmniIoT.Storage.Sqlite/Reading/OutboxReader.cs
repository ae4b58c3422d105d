using OmniIoT.Devices;
using OmniIoT.Domain.Delivery;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class OutboxReader(ReaderPool readers) : IOutboxQueries, IDeadLetterQueries
{
    public ValueTask<IReadOnlyList<Downlink>> PendingAsync(string? afterId, int limit, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection.Prepare("""
                SELECT id, target, topic, payload, retain, reference, created_at, expires_at, change FROM outbox
                WHERE id > $1 ORDER BY id LIMIT $2
                """)
            .Bind(afterId ?? "").Bind(limit).ReadAll(ReadDownlink)));

    public ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "dead_letters", Order.NewestFirst("at")).Read<DeadLetter>(readers, page));

    private static Downlink ReadDownlink(Statement row) => new(
        row.Text(0), GrainReader.IdOf(row.Text(1)), row.Text(2), row.Bytes(3).ToArray(), row.Int64(4) != 0, row.Text(5),
        new Instant(row.Int64(6)), row.NullableInt64(7) is { } expires ? new Instant(expires) : null, row.NullableBytes(8));
}
