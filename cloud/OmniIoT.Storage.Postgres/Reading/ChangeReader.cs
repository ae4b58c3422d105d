using OmniIoT.Devices.Time;
using OmniIoT.Ports.Live;

namespace OmniIoT.Storage.Postgres.Reading;

/// <summary>
/// The change log. Its numbers rise in the order of the commits of all processes (see the table <c>change_count</c>), so that a
/// watcher who goes on after the newest number it saw misses nothing.
/// </summary>
internal sealed class ChangeReader(ISqlReader sql) : IChangeLog
{
    private const string After = """
        SELECT sequence, at, kind, customer_id, device_id, json FROM changes WHERE sequence > $1 ORDER BY sequence LIMIT $2
        """;

    public bool IsShared => true;

    public ValueTask<IReadOnlyList<Change>> AfterAsync(long sequence, int limit, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            After,
            [sequence, (long)limit],
            static row => new Change(
                row.Int64(0),
                new Instant(row.Int64(1)),
                row.Text(2),
                row.NullableText(3),
                row.NullableText(4),
                row.Bytes(5).ToArray()
            ),
            cancellationToken
        );

    /// <summary>Numbers are never used twice, so the newest is known even when its change was erased.</summary>
    public ValueTask<long> LastAsync(CancellationToken cancellationToken) =>
        sql.NumberAsync("SELECT last FROM change_count", [], cancellationToken);
}
