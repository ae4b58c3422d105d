using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;

namespace OmniIoT.Telemetry.Sqlite.Partitions;

/// <summary>Raw readings of a series, found by time.</summary>
internal static class ChunkReading
{
    /// <summary>Chunks do not overlap, so that the one that begins last before the range is the only earlier one to look into.</summary>
    private const string Chunks = $"""
        SELECT {ChunkRow.Columns} FROM chunks
        WHERE series = $1 AND first_at >= coalesce((SELECT max(first_at) FROM chunks WHERE series = $1 AND first_at <= $2), $2)
            AND first_at <= $3
        ORDER BY first_at
        """;

    /// <summary>Gives the readings of a range, both ends inclusive, in order, until <paramref name="onReading"/> wants no more.</summary>
    /// <param name="onHole">Gets the times, both inclusive, between which readings are damaged.</param>
    public static void Read(
        DatabaseConnection connection,
        StoredSeries series,
        long from,
        long to,
        Func<Reading, bool> onReading,
        Action<long, long> onHole
    )
    {
        Statement chunks = connection.Prepare(Chunks).Bind(series.Id).Bind(from).Bind(to);
        List<Reading> readings = [];
        long whole = from;
        long? holeEnd = null;
        while (chunks.Step())
        {
            readings.Clear();
            if (!ChunkRow.TryDecode(chunks, series.Seed, readings))
            {
                holeEnd = Math.Max(holeEnd ?? long.MinValue, chunks.Int64(1));
                continue;
            }
            if (holeEnd is { } end)
                TellHole(whole, Math.Min(to, Math.Max(end, readings[0].At.UnixMilliseconds)), onHole);
            holeEnd = null;
            foreach (Reading reading in readings)
            {
                if (reading.At.UnixMilliseconds < from)
                    continue;
                if (reading.At.UnixMilliseconds <= to && onReading(reading))
                    continue;
                chunks.Reset();
                return;
            }
            whole = Math.Max(whole, readings[^1].At.UnixMilliseconds);
        }
        if (holeEnd is not null)
            TellHole(whole, to, onHole);
    }

    private static void TellHole(long from, long to, Action<long, long> onHole)
    {
        if (from <= to)
            onHole(from, to);
    }
}
