using System.Runtime.CompilerServices;
using Npgsql;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Querying;

/// <summary>Raw readings of a series, found by time.</summary>
internal static class ChunkReader
{
    /// <summary>
    /// Chunks do not overlap, so that the one that begins last before the range is the only earlier one to look into. Read
    /// in portions, since who reads may stop early.
    /// </summary>
    private const string Chunks = """
        SELECT data FROM telemetry_chunks
        WHERE series = $1 AND first_at >= coalesce((SELECT max(first_at) FROM telemetry_chunks WHERE series = $1 AND first_at <= $2), $2)
            AND first_at <= $3 AND first_at > $4
        ORDER BY first_at LIMIT $5
        """;

    /// <summary>A screenful of readings is in the first portion; whoever reads on gets more at once.</summary>
    private const long FirstPortion = 4,
        LargestPortion = 256;

    /// <summary>The readings of a range, both ends inclusive, in order.</summary>
    public static async IAsyncEnumerable<Reading> ReadAsync(
        NpgsqlConnection connection,
        long series,
        long from,
        long to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        long after = long.MinValue;
        for (long portion = FirstPortion; ; portion = Math.Min(4 * portion, LargestPortion))
        {
            List<Reading> readings = [];
            long chunks = 0;
            await using (NpgsqlCommand command = connection.Command(Chunks, series, from, to, after, portion))
            await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                for (; await reader.ReadAsync(cancellationToken); chunks++)
                {
                    int first = readings.Count;
                    ChunkCodec.Decode(reader.GetFieldValue<byte[]>(0), readings);
                    after = readings[first].At.UnixMilliseconds;
                }
            }
            foreach (Reading reading in readings)
            {
                if (reading.At.UnixMilliseconds >= from && reading.At.UnixMilliseconds <= to)
                    yield return reading;
            }
            if (chunks < portion)
                yield break;
        }
    }
}
