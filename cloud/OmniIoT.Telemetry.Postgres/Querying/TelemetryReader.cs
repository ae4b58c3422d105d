using System.Data;
using Npgsql;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Querying;

/// <summary>Queries. Each sees one moment: what is written meanwhile is not seen.</summary>
internal sealed class TelemetryReader(Database database)
{
    private const string Extent = """
        SELECT id, (SELECT min(first_at) FROM telemetry_chunks WHERE series = id),
            (SELECT last_at FROM telemetry_chunks WHERE series = id ORDER BY first_at DESC LIMIT 1)
        FROM telemetry_series WHERE device = $1 AND metric = $2
        """;

    private const string Metrics = """
        SELECT metric FROM telemetry_series
        WHERE device = $1 AND EXISTS (SELECT 1 FROM telemetry_chunks WHERE series = id) ORDER BY metric
        """;

    public async ValueTask<long> PositionAsync(string lane, CancellationToken cancellationToken) =>
        (
            await database.ReadAsync(
                "SELECT coalesce(max(position), 0) FROM telemetry_applied WHERE lane = $1",
                [lane],
                static row => row.GetInt64(0),
                cancellationToken
            )
        )[0];

    public ValueTask<IReadOnlyList<string>> MetricsAsync(string deviceId, CancellationToken cancellationToken) =>
        database.ReadAsync(Metrics, [deviceId], static row => row.GetString(0), cancellationToken);

    public ValueTask<TelemetryBuckets> BucketsAsync(
        string deviceId,
        string metric,
        long start,
        long end,
        int points,
        CancellationToken cancellationToken
    ) =>
        AtOneMomentAsync<TelemetryBuckets>(
            async connection =>
            {
                if (await FindAsync(connection, deviceId, metric, cancellationToken) is not { } series)
                    return TelemetryBuckets.None;
                if (series.First > end || series.Last < start)
                    return TelemetryBuckets.None;
                // The range is narrowed to where there are readings, so that a chart of everything is as fine as it can be.
                BucketList buckets = new(BucketWidths.For(Math.Max(start, series.First), Math.Min(end, series.Last), points));
                RollupReader rollups = new(connection, series.Id, buckets);
                foreach (Stretch stretch in Stretch.Of(start, end, series.First, series.Last, buckets.Width))
                    await rollups.CollectAsync(stretch, cancellationToken);
                return buckets.ToList(points);
            },
            cancellationToken
        );

    public ValueTask<Page<Reading>> RawAsync(
        string deviceId,
        string metric,
        long start,
        long end,
        string? cursor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        Reading? after = cursor is null ? null : RawCursor.Parse(cursor);
        if (after is { } last)
            start = Math.Max(start, last.At.UnixMilliseconds);
        return AtOneMomentAsync(
            async connection =>
            {
                List<Reading> items = [];
                if (await FindAsync(connection, deviceId, metric, cancellationToken) is not { } series)
                    return new Page<Reading>(items, null);
                await foreach (Reading reading in ChunkReader.ReadAsync(connection, series.Id, start, end, cancellationToken))
                {
                    if (after is { } seen && ReadingOrder.Instance.Compare(reading, seen) <= 0)
                        continue;
                    if (items.Count == limit)
                        return new Page<Reading>(items, RawCursor.Of(items[^1]));
                    items.Add(reading);
                }
                return new Page<Reading>(items, null);
            },
            cancellationToken
        );
    }

    private ValueTask<T> AtOneMomentAsync<T>(Func<NpgsqlConnection, ValueTask<T>> query, CancellationToken cancellationToken) =>
        database.QueryAsync(
            async connection =>
            {
                await using NpgsqlTransaction moment = await connection.BeginTransactionAsync(
                    IsolationLevel.RepeatableRead,
                    cancellationToken
                );
                return await query(connection);
            },
            cancellationToken
        );

    /// <summary>The number of a series, and the times of its first and last readings; null when it has none.</summary>
    private static async ValueTask<(long Id, long First, long Last)?> FindAsync(
        NpgsqlConnection connection,
        string deviceId,
        string metric,
        CancellationToken cancellationToken
    )
    {
        await using NpgsqlCommand command = connection.Command(Extent, deviceId, metric);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) && !row.IsDBNull(1) ? (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)) : null;
    }
}
