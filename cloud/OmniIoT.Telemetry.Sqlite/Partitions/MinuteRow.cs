using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>A row of an hour's packed minutes.</summary>
internal static class MinuteRow
{
    /// <summary>Fills the minutes of an hour; false, and they hold nothing of use, when they are not those that were written.</summary>
    /// <param name="column">Of the packed minutes; the seal follows.</param>
    public static bool TryDecode(Statement row, int column, long seed, long hour, Span<Bucket> minutes)
    {
        ReadOnlySpan<byte> data = row.Bytes(column);
        return (row.NullableInt64(column + 1) is not { } seal || seal == Seal.OfMinutes(data, seed, hour))
            && MinuteCodec.TryDecode(data, minutes);
    }
}
