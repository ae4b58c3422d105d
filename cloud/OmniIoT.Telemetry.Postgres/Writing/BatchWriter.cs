using System.Runtime.InteropServices;
using Npgsql;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Writing;

/// <summary>One batch within its transaction: looks up what it changes, changes it here, and writes it back, all series at once.</summary>
internal sealed class BatchWriter(NpgsqlConnection connection, Pipeline pipeline)
{
    private const string AddSeries = """
        INSERT INTO telemetry_series (device, metric) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING
        """;

    private const string LockSeries = """
        SELECT device, metric, id, newest, small_chunks FROM telemetry_series
        WHERE (device, metric) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY id FOR UPDATE
        """;

    /// <summary>Chunks do not overlap, so that the one that begins last before the stretch is the only earlier one to look into.</summary>
    private const string LateChunks = """
        SELECT place, first_at, data
        FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS late (of_series, since, until, month, place)
        JOIN LATERAL (
            SELECT first_at, data FROM telemetry_chunks WHERE series = of_series AND first_at <= until AND first_at >= coalesce(
                (SELECT max(first_at) FROM telemetry_chunks WHERE series = of_series AND first_at >= month AND first_at <= since), since)
        ) chunks ON TRUE
        """;

    private const string NewestChunks = """
        SELECT place, first_at, data
        FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS ends (of_series, month, month_end, place)
        JOIN LATERAL (
            SELECT first_at, data FROM telemetry_chunks WHERE series = of_series AND first_at >= month AND first_at < month_end
            ORDER BY first_at DESC LIMIT 8
        ) chunks ON TRUE
        """;

    private const string Minutes = """
        SELECT series, hour, data FROM telemetry_minutes
        JOIN unnest($1::bigint[], $2::bigint[]) AS touched (series, hour) USING (series, hour)
        """;

    private const string DeleteChunks = """
        DELETE FROM telemetry_chunks USING unnest($1::bigint[], $2::bigint[]) AS gone (series, first_at)
        WHERE telemetry_chunks.series = gone.series AND telemetry_chunks.first_at = gone.first_at
        """;

    private const string InsertChunks = """
        INSERT INTO telemetry_chunks (series, first_at, last_at, data) SELECT *
        FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[])
        """;

    private const string UpdateSeries = """
        UPDATE telemetry_series SET newest = ends.newest, small_chunks = ends.small_chunks
        FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS ends (id, newest, small_chunks) WHERE telemetry_series.id = ends.id
        """;

    private readonly Dictionary<(string DeviceId, string Metric), SeriesHead> _heads = [];
    private readonly List<SeriesWork> _works = [];
    private readonly Rollups _rollups = new();

    /// <summary>Adds the statements that write the batch to the pipeline.</summary>
    public void Write(List<(Month Month, IEnumerable<SeriesBatch> Batches)> split)
    {
        LoadHeads([
            .. split
                .SelectMany(part => part.Batches)
                .Select(batch => (batch.DeviceId, batch.Metric))
                .Distinct()
                .OrderBy(series => series.DeviceId, StringComparer.Ordinal)
                .ThenBy(series => series.Metric, StringComparer.Ordinal),
        ]);
        foreach ((Month month, IEnumerable<SeriesBatch> batches) in split)
            _works.AddRange(batches.Select(batch => new SeriesWork(_heads[(batch.DeviceId, batch.Metric)], month, batch.Readings)));
        LoadChunks();
        LoadMinutes();
        pipeline.Send();
        foreach (SeriesWork work in _works)
            work.Apply(_rollups);
        WriteChunks();
        new RollupWriter(pipeline).Write(_rollups);
        SeriesHead[] heads = [.. _heads.Values];
        pipeline.Add(
            UpdateSeries,
            heads.Select(head => head.Id).ToArray(),
            heads.Select(head => head.Newest).ToArray(),
            heads.Select(head => head.SmallChunks).ToArray()
        );
    }

    private void LoadHeads((string DeviceId, string Metric)[] series)
    {
        object[] names = [series.Select(name => name.DeviceId).ToArray(), series.Select(name => name.Metric).ToArray()];
        // A device that is deleted meanwhile is there no more once its row can be locked: then it is added anew.
        while (_heads.Count < series.Length)
        {
            connection.Execute(AddSeries, names);
            _heads.Clear();
            foreach ((string device, string metric, SeriesHead head) in connection.Read(LockSeries, names, ReadHead))
                _heads[(device, metric)] = head;
        }
    }

    private static (string Device, string Metric, SeriesHead Head) ReadHead(NpgsqlDataReader row) =>
        (row.GetString(0), row.GetString(1), new SeriesHead(row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.GetInt64(4)));

    private void LoadChunks()
    {
        SeriesWork[] late = [.. _works.Where(work => work.Late is not null)],
            ends = [.. _works.Where(work => work.NeedsNewest)];
        if (late.Length > 0)
        {
            pipeline.Add(
                LateChunks,
                [
                    late.Select(work => work.Series).ToArray(),
                    late.Select(work => work.Late!.Value.From).ToArray(),
                    late.Select(work => work.Late!.Value.To).ToArray(),
                    late.Select(work => work.Month.Start).ToArray(),
                ],
                row => Load(late, row)
            );
        }
        if (ends.Length > 0)
        {
            pipeline.Add(
                NewestChunks,
                [
                    ends.Select(work => work.Series).ToArray(),
                    ends.Select(work => work.Month.Start).ToArray(),
                    ends.Select(work => work.Month.End).ToArray(),
                ],
                row => Load(ends, row)
            );
        }
    }

    private static void Load(SeriesWork[] works, NpgsqlDataReader row) =>
        works[row.GetInt64(0) - 1].Chunks.Load(row.GetInt64(1), row.GetFieldValue<byte[]>(2));

    private void LoadMinutes()
    {
        foreach (SeriesWork work in _works)
        {
            foreach (long hour in work.Hours)
                _rollups.Touch(work.Series, hour);
        }
        pipeline.Add(
            Minutes,
            [_rollups.Hours.Keys.Select(key => key.Series).ToArray(), _rollups.Hours.Keys.Select(key => key.Hour).ToArray()],
            row => _rollups.Load(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2))
        );
    }

    private void WriteChunks()
    {
        (long Series, long FirstAt)[] deleted =
        [
            .. _works.SelectMany(work => work.Chunks.Deleted.Select(firstAt => (work.Series, firstAt))),
        ];
        if (deleted.Length > 0)
            pipeline.Add(DeleteChunks, deleted.Select(chunk => chunk.Series).ToArray(), deleted.Select(chunk => chunk.FirstAt).ToArray());
        PackWriter packed = new();
        List<long> series = [],
            firstAt = [],
            lastAt = [];
        List<byte[]> data = [];
        foreach (SeriesWork work in _works)
        {
            foreach (List<Reading> chunk in work.Chunks.Changed())
            {
                packed.Truncate();
                ChunkCodec.Encode(packed, CollectionsMarshal.AsSpan(chunk));
                series.Add(work.Series);
                firstAt.Add(chunk[0].At.UnixMilliseconds);
                lastAt.Add(chunk[^1].At.UnixMilliseconds);
                data.Add(packed.Written.ToArray());
            }
        }
        pipeline.Add(InsertChunks, series.ToArray(), firstAt.ToArray(), lastAt.ToArray(), data.ToArray());
    }
}
