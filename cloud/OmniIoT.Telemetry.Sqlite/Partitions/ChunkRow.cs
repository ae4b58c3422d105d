using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>A row of packed readings.</summary>
internal static class ChunkRow
{
    /// <summary>In the order in which <see cref="TryDecode"/> reads them.</summary>
    public const string Columns = "first_at, last_at, count, data, seal";

    /// <summary>Adds the readings of a row to a list; false, and nothing is added, when they are not those that were written.</summary>
    public static bool TryDecode(Statement row, long seed, List<Reading> into)
    {
        ReadOnlySpan<byte> data = row.Bytes(3);
        if (row.NullableInt64(4) is { } seal && seal != Seal.Of(data, seed))
            return false;
        int first = into.Count;
        if (
            ChunkCodec.TryDecode(data, into)
            && into.Count - first == row.Int64(2)
            && into[first].At.UnixMilliseconds == row.Int64(0)
            && into[^1].At.UnixMilliseconds == row.Int64(1)
        )
            return true;
        into.RemoveRange(first, into.Count - first);
        return false;
    }
}
