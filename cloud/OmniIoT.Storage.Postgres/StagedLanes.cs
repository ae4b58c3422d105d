using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.Storage.Postgres.Reading;

namespace OmniIoT.Storage.Postgres;

/// <inheritdoc cref="IStagedLanes"/>
public sealed class StagedLanes : IStagedLanes
{
    private readonly Database _database;
    private readonly ISqlReader _sql;

    internal StagedLanes(Database database, ISqlReader sql) => (_database, _sql) = (database, sql);

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        _sql.ReadAsync(
            "SELECT name FROM lanes WHERE EXISTS (SELECT 1 FROM telemetry_staged WHERE lane = name) ORDER BY name",
            [],
            static row => row.Text(0),
            cancellationToken
        );

    public IStagedTelemetry Of(string lane) => new StagedTelemetryReader(_sql, lane);

    /// <exception cref="StorageUnavailableException">The database is away: nothing was forgotten.</exception>
    public ValueTask ForgetAsync(string lane, long position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _database.Do(connection => connection.Execute("DELETE FROM telemetry_staged WHERE lane = $1 AND position <= $2", lane, position));
        return default;
    }
}
