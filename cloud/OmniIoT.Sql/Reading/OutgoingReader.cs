using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Sql.Reading;

internal sealed class OutgoingReader(ISqlReader sql) : IOutgoingMessages
{
    private const string Due = """
        SELECT position, json, tries, state FROM outgoing_messages o WHERE next_at <= $1 AND NOT EXISTS (
            SELECT 1 FROM outgoing_messages earlier
            WHERE earlier.conversation_id = o.conversation_id AND earlier.channel = o.channel AND earlier.position < o.position)
        ORDER BY position LIMIT $2
        """;

    public ValueTask<IReadOnlyList<WaitingMessage>> DueAsync(Instant now, int limit, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            Due,
            [now.UnixMilliseconds, (long)limit],
            static row => new WaitingMessage(
                row.Int64(0),
                Json.Read<OutgoingMessage>(row.Bytes(1)),
                (int)row.Int64(2),
                row.Text(3) == "sending"
            ),
            cancellationToken
        );
}
