using OmniIoT.Postgres;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Writing;

/// <summary>
/// Writes the roll-ups of a batch: minutes packed by the hour, and each hour's own sum. An hour without numbers has no rows.
/// </summary>
internal sealed class RollupWriter(Pipeline pipeline)
{
    private const string PutMinutes = """
        INSERT INTO telemetry_minutes (series, hour, data) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])
        ON CONFLICT (series, hour) DO UPDATE SET data = excluded.data
        """;

    private const string PutHours = """
        INSERT INTO telemetry_hours (series, hour, min, max, sum, count)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::float8[], $4::float8[], $5::float8[], $6::bigint[])
        ON CONFLICT (series, hour) DO UPDATE SET min = excluded.min, max = excluded.max, sum = excluded.sum, count = excluded.count
        """;

    private readonly List<(long Series, long Hour, Bucket Sum, byte[] Minutes)> _kept = [];
    private readonly List<(long Series, long Hour)> _empty = [];

    public void Write(Rollups rollups)
    {
        PackWriter packed = new();
        foreach (((long series, long hour), Bucket[] minutes) in rollups.Hours)
        {
            Bucket sum = default;
            foreach (ref Bucket minute in minutes.AsSpan())
                sum.Add(minute);
            if (sum.Count == 0)
            {
                _empty.Add((series, hour));
                continue;
            }
            packed.Truncate();
            MinuteCodec.Encode(packed, minutes);
            _kept.Add((series, hour, sum, packed.Written.ToArray()));
        }
        Put();
        Delete("telemetry_minutes");
        Delete("telemetry_hours");
    }

    private void Put()
    {
        if (_kept.Count == 0)
            return;
        long[] series = [.. _kept.Select(kept => kept.Series)],
            hours = [.. _kept.Select(kept => kept.Hour)];
        pipeline.Add(PutMinutes, series, hours, _kept.Select(kept => kept.Minutes).ToArray());
        pipeline.Add(
            PutHours,
            series,
            hours,
            _kept.Select(kept => kept.Sum.Min).ToArray(),
            _kept.Select(kept => kept.Sum.Max).ToArray(),
            _kept.Select(kept => kept.Sum.Sum.Value).ToArray(),
            _kept.Select(kept => kept.Sum.Count).ToArray()
        );
    }

    private void Delete(string table)
    {
        if (_empty.Count == 0)
            return;
        pipeline.Add(
            $"DELETE FROM {table} AS kept USING unnest($1::bigint[], $2::bigint[]) AS gone (series, hour) WHERE kept.series = gone.series AND kept.hour = gone.hour",
            _empty.Select(gone => gone.Series).ToArray(),
            _empty.Select(gone => gone.Hour).ToArray()
        );
    }
}
