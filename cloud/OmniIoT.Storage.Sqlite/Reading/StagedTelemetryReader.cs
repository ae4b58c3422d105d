using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class StagedTelemetryReader(ReaderPool readers) : IStagedTelemetry
{
    public ValueTask<IReadOnlyList<StagedBlock>> ReadAsync(long position, int bytes, CancellationToken cancellationToken) =>
        new(
            readers.Read<IReadOnlyList<StagedBlock>>(connection =>
                Read(
                    connection.Prepare("SELECT position, block FROM telemetry_staged WHERE position > $1 ORDER BY position").Bind(position),
                    bytes
                )
            )
        );

    private static List<StagedBlock> Read(Statement rows, int bytes)
    {
        List<StagedBlock> blocks = [];
        while (bytes > 0 && rows.Step())
        {
            blocks.Add(new StagedBlock(rows.Int64(0), rows.Bytes(1).ToArray()));
            bytes -= blocks[^1].Block.Length;
        }
        rows.Reset();
        return blocks;
    }

    /// <summary>Positions are never used twice: the engine remembers the last one also when all blocks are gone.</summary>
    public ValueTask<long> LastPositionAsync(CancellationToken cancellationToken) =>
        new(
            readers.Read(connection =>
                connection.Prepare("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'telemetry_staged'").ReadNumber()
            )
        );
}
