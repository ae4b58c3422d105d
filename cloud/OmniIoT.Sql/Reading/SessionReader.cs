using OmniIoT.Devices.Time;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Sql.Reading;

internal sealed class SessionReader(ISqlReader sql) : ISessionStore
{
    /// <summary>What <see cref="ReadSession"/> reads, of sessions and their wills.</summary>
    public const string Columns =
        "client_id, principal, protocol_version, expiry_ticks, disconnected_at, topic, payload, qos, retain, properties, due_at";

    public const int ColumnCount = 11;

    private const string Sessions = $"SELECT {Columns} FROM sessions LEFT JOIN wills USING (client_id) ORDER BY client_id";

    private const string Messages = """
        SELECT message_order, topic, payload, qos, retain, properties, expires_at, packet_identifier, state, reference
        FROM session_messages WHERE client_id = $1 ORDER BY message_order
        """;

    private const string Retained = "SELECT topic, payload, qos, properties, stored_at, expires_at FROM retained ORDER BY topic";

    public ValueTask<IReadOnlyList<StoredSession>> SessionsAsync(CancellationToken cancellationToken) =>
        sql.ReadAsync(Sessions, [], ReadSession, cancellationToken);

    public ValueTask<IReadOnlyList<StoredSubscription>> SubscriptionsAsync(string clientId, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            "SELECT filter, options, identifier FROM subscriptions WHERE client_id = $1 ORDER BY filter",
            [clientId],
            static row => new StoredSubscription(row.Text(0), (byte)row.Int64(1), (uint)row.Int64(2)),
            cancellationToken
        );

    public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string clientId, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            Messages,
            [clientId],
            static row => new StoredMessage
            {
                Order = row.Int64(0),
                Topic = row.Text(1),
                Payload = row.Bytes(2).ToArray(),
                Qos = (byte)row.Int64(3),
                Retain = row.Int64(4) != 0,
                Properties = row.Bytes(5).ToArray(),
                ExpiresAt = Time(row, 6),
                PacketIdentifier = (ushort)row.Int64(7),
                State = (StoredMessageState)row.Int64(8),
                Reference = row.NullableText(9),
            },
            cancellationToken
        );

    public ValueTask<IReadOnlyList<ReceivedMessage>> ReceivedAsync(string clientId, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            "SELECT packet_identifier, fingerprint, outcome FROM received WHERE client_id = $1 ORDER BY packet_identifier",
            [clientId],
            static row => new ReceivedMessage((ushort)row.Int64(0), row.NullableInt64(1), (MessageOutcome)row.Int64(2)),
            cancellationToken
        );

    public ValueTask<IReadOnlyList<RetainedMessage>> RetainedAsync(CancellationToken cancellationToken) =>
        sql.ReadAsync(Retained, [], ReadRetained, cancellationToken);

    public static StoredSession ReadSession(IRow row) =>
        new(
            row.Text(0),
            row.NullableText(1) is { } principal ? StoredId.Parse(principal) : null,
            (byte)row.Int64(2),
            TimeSpan.FromTicks(row.Int64(3)),
            Time(row, 4),
            Will(row)
        );

    public static RetainedMessage ReadRetained(IRow row) =>
        new(row.Text(0), row.Bytes(1).ToArray(), (byte)row.Int64(2), row.Bytes(3).ToArray(), new Instant(row.Int64(4)), Time(row, 5));

    private static StoredWill? Will(IRow row) =>
        row.NullableText(5) is not { } topic
            ? null
            : new StoredWill(topic, row.Bytes(6).ToArray(), (byte)row.Int64(7), row.Int64(8) != 0, row.Bytes(9).ToArray(), Time(row, 10));

    private static Instant? Time(IRow row, int column) => row.NullableInt64(column) is { } at ? new Instant(at) : null;
}
