using OmniIoT.Devices.Time;
using OmniIoT.Ports.Live;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class ChangeReader(ReaderPool readers) : IChangeLog
{
    public bool IsShared => false;

    public ValueTask<IReadOnlyList<Change>> AfterAsync(long sequence, int limit, CancellationToken cancellationToken) =>
        new(
            readers.Read(connection =>
                connection
                    .Prepare(
                        "SELECT sequence, at, kind, customer_id, device_id, json FROM changes WHERE sequence > $1 ORDER BY sequence LIMIT $2"
                    )
                    .Bind(sequence)
                    .Bind(limit)
                    .ReadAll(static row => new Change(
                        row.Int64(0),
                        new Instant(row.Int64(1)),
                        row.Text(2),
                        row.NullableText(3),
                        row.NullableText(4),
                        row.Bytes(5).ToArray()
                    ))
            )
        );

    /// <summary>Numbers are never used twice, so the newest is known even when its change was erased.</summary>
    public ValueTask<long> LastAsync(CancellationToken cancellationToken) =>
        new(
            readers.Read(connection =>
                connection.Prepare("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'changes'").ReadNumber()
            )
        );
}
