using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.Storage.Postgres.Reading;

namespace OmniIoT.Storage.Postgres;

/// <summary>
/// Staged telemetry of all processes. Whoever adopts the lane of a process that is gone moves it on as if it were its own: reads
/// after the position that the telemetry store has of that lane, applies, forgets.
/// </summary>
public sealed class StagedLanes
{
    private readonly Database _database;
    private readonly ISqlReader _sql;

    internal StagedLanes(Database database, ISqlReader sql) => (_database, _sql) = (database, sql);

    /// <summary>Lanes that hold blocks, by name.</summary>
    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        _sql.ReadAsync(
            "SELECT name FROM lanes WHERE EXISTS (SELECT 1 FROM telemetry_staged WHERE lane = name) ORDER BY name",
            [],
            static row => row.Text(0),
            cancellationToken
        );

    /// <summary>What one process staged.</summary>
    public IStagedTelemetry Of(string lane) => new StagedTelemetryReader(_sql, lane);

    /// <summary>Forgets what a process staged, up to and including a position: the telemetry store has it.</summary>
    /// <exception cref="StorageUnavailableException">The database is away: nothing was forgotten.</exception>
    public ValueTask ForgetAsync(string lane, long position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _database.Do(connection =>
            connection.Execute(
                "DELETE FROM telemetry_staged WHERE lane = $1 AND position <= $2",
                lane,
                position
            )
        );
        return default;
    }
}
