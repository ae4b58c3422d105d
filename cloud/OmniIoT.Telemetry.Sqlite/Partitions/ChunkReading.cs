using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>Raw readings of a series, found by time.</summary>
internal static class ChunkReading
{
    /// <summary>Chunks do not overlap, so that the one that begins last before the range is the only earlier one to look into.</summary>
    private const string Chunks = """
        SELECT data FROM chunks
        WHERE series = $1 AND first_at >= coalesce((SELECT max(first_at) FROM chunks WHERE series = $1 AND first_at <= $2), $2)
            AND first_at <= $3
        ORDER BY first_at
        """;

    /// <summary>Gives the readings of a range, both ends inclusive, in order, until <paramref name="onReading"/> wants no more.</summary>
    public static void Read(DatabaseConnection connection, long series, long from, long to, Func<Reading, bool> onReading)
    {
        Statement chunks = connection.Prepare(Chunks).Bind(series).Bind(from).Bind(to);
        List<Reading> readings = [];
        while (chunks.Step())
        {
            readings.Clear();
            ChunkCodec.Decode(chunks.Bytes(0), readings);
            foreach (Reading reading in readings)
            {
                if (reading.At.UnixMilliseconds < from)
                    continue;
                if (reading.At.UnixMilliseconds <= to && onReading(reading))
                    continue;
                chunks.Reset();
                return;
            }
        }
    }

    /// <summary>The number of a series in a file; null when the file has none of its readings.</summary>
    public static long? FindSeries(DatabaseConnection connection, string deviceId, string metric)
    {
        Statement find = connection.Prepare("SELECT id FROM series WHERE device = $1 AND metric = $2").Bind(deviceId).Bind(metric);
        long? series = find.Step() ? find.Int64(0) : null;
        find.Reset();
        return series;
    }
}
