using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Storage.Postgres.Reading;

/// <summary>
/// What one process staged. Its commits follow one another, so that its positions rise in their order, whatever others commit
/// meanwhile.
/// </summary>
internal sealed class StagedTelemetryReader(ISqlReader sql, string lane) : IStagedTelemetry
{
    /// <summary>No more than 1,024 at once; lengths are known to the engine without reading what they are of.</summary>
    private const string After = """
        SELECT position, block FROM (
            SELECT position, block, sum(octet_length(block)) OVER (ORDER BY position) - octet_length(block) AS bytes_before
            FROM (SELECT position, block FROM telemetry_staged WHERE lane = $1 AND position > $2 ORDER BY position LIMIT 1024) next
        ) counted WHERE bytes_before < $3 ORDER BY position
        """;

    public ValueTask<IReadOnlyList<StagedBlock>> ReadAsync(long position, int bytes, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            After,
            [lane, position, (long)bytes],
            static row => new StagedBlock(row.Int64(0), row.Bytes(1).ToArray()),
            cancellationToken
        );

    public ValueTask<long> LastPositionAsync(CancellationToken cancellationToken) =>
        sql.NumberAsync("SELECT coalesce(max(last), 0) FROM lanes WHERE name = $1", [lane], cancellationToken);
}
