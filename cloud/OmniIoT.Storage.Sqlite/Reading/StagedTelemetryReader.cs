using OmniIoT.Grains.Ports;
using OmniIoT.Storage.Sqlite.Engine;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class StagedTelemetryReader(ReaderPool readers) : IStagedTelemetry
{
    public ValueTask<IReadOnlyList<StagedBlock>> ReadAsync(long position, int limit, CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection
            .Prepare("SELECT position, block FROM telemetry_staged WHERE position > $1 ORDER BY position LIMIT $2")
            .Bind(position).Bind(limit).ReadAll(static row => new StagedBlock(row.Int64(0), row.Bytes(1).ToArray()))));

    /// <summary>Positions are never used twice: the engine remembers the last one also when all blocks are gone.</summary>
    public ValueTask<long> LastPositionAsync(CancellationToken cancellationToken) =>
        new(readers.Read(connection => connection
            .Prepare("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'telemetry_staged'").ReadNumber()));
}
