using Npgsql;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Ports.Sessions;
using OmniIoT.Postgres;
using OmniIoT.Sql.Reading;

namespace OmniIoT.Storage.Postgres;

/// <inheritdoc cref="ISharedSessions"/>
internal sealed class SharedSessions(Database database, ISqlReader sql, string own) : ISharedSessions
{
    private const string Claim = """
        INSERT INTO sessions (client_id, principal, protocol_version, expiry_ticks, disconnected_at, process)
        VALUES ($1, $2, 0, 0, NULL, $4)
        ON CONFLICT (client_id) DO UPDATE SET process = excluded.process WHERE sessions.process IS NOT DISTINCT FROM $3::text
        """;

    /// <summary>The second parameter is the names of the living.</summary>
    private const string NotOfLiving = "(process IS NULL OR process <> ALL($2))";

    private const string Retained = """
        SELECT topic, payload, qos, properties, stored_at, expires_at FROM retained WHERE topic >= $1 AND topic < $2 ORDER BY topic
        """;

    public ValueTask<OwnedSession?> FindAsync(string key, CancellationToken cancellationToken) =>
        sql.FirstAsync(Select("client_id = $1"), [key], Read, cancellationToken);

    public ValueTask<IReadOnlyList<OwnedSession>> OfAsync(EntityId principal, CancellationToken cancellationToken) =>
        sql.ReadAsync(Select("principal = $1"), [principal.ToString()], Read, cancellationToken);

    public ValueTask<IReadOnlyList<OwnedSession>> AbandonedAsync(
        IReadOnlyList<string> living,
        Instant now,
        string after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        sql.ReadAsync(
            Select($"client_id > $1 AND {NotOfLiving} AND (topic IS NOT NULL OR disconnected_at + expiry_ticks / 10000 <= $3)")
                + " LIMIT $4",
            [after, living.ToArray(), now.UnixMilliseconds, (long)limit],
            Read,
            cancellationToken
        );

    public async ValueTask CloseAbandonedAsync(IReadOnlyList<string> living, Instant at, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"UPDATE sessions SET disconnected_at = $1 WHERE disconnected_at IS NULL AND {NotOfLiving}",
            [at.UnixMilliseconds, living.ToArray()],
            cancellationToken
        );

    // '0' is the character after '/': all topics that begin with the root and a slash.
    public ValueTask<IReadOnlyList<RetainedMessage>> RetainedAsync(string root, CancellationToken cancellationToken) =>
        sql.ReadAsync(Retained, [root + "/", root + "0"], SessionReader.ReadRetained, cancellationToken);

    public async ValueTask<bool> TryClaimAsync(string key, EntityId? principal, string? from, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            Claim,
            [key, (object?)principal?.ToString() ?? DBNull.Value, (object?)from ?? DBNull.Value, own],
            cancellationToken
        ) == 1;

    public async ValueTask GiveUpAsync(string key, CancellationToken cancellationToken) =>
        await ExecuteAsync("UPDATE sessions SET process = NULL WHERE client_id = $1 AND process = $2", [key, own], cancellationToken);

    private ValueTask<int> ExecuteAsync(string statement, IReadOnlyList<object> parameters, CancellationToken cancellationToken) =>
        database.DoAsync(
            async connection =>
            {
                await using NpgsqlCommand command = connection.Command(statement, parameters);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken
        );

    private static string Select(string where) =>
        $"SELECT {SessionReader.Columns}, process FROM sessions LEFT JOIN wills USING (client_id) WHERE {where} ORDER BY client_id";

    private static OwnedSession Read(IRow row) => new(SessionReader.ReadSession(row), row.NullableText(SessionReader.ColumnCount));
}
