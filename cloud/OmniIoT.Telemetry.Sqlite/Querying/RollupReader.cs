using OmniIoT.Devices.Metrics;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Querying;

/// <summary>
/// Collects what a stretch of a series sums up to. For an hour that is damaged its minutes stand in, and for damaged minutes the readings;
/// what of those is damaged is missed.
/// </summary>
internal sealed class RollupReader(DatabaseConnection connection, Month month, StoredSeries series, BucketList into)
{
    private readonly Bucket[] _minutes = new Bucket[MinuteCodec.MinutesPerHour];

    /// <summary>False once something was damaged.</summary>
    public bool IsWhole { get; private set; } = true;

    public void Collect(Stretch stretch)
    {
        if (stretch.Source is Source.Hours)
            CollectHours(stretch.Start, stretch.End);
        else if (stretch.Source is Source.Minutes)
            CollectMinutes(stretch.Start, stretch.End);
        else
            CollectRaw(stretch.Start, stretch.End);
    }

    private void CollectRaw(long start, long end) =>
        ChunkReading.Read(
            connection,
            series,
            start,
            end - 1,
            reading =>
            {
                Bucket bucket = default;
                bucket.Add(reading.Value);
                into.Add(reading.At.UnixMilliseconds, bucket);
                return true;
            },
            (from, to) =>
            {
                IsWhole = false;
                into.Miss(from, to);
            }
        );

    private void CollectHours(long start, long end)
    {
        List<(long At, Bucket? Bucket)> found = ReadHours(start, end);
        if (found.Exists(hour => hour.Bucket is { IsKnown: false }))
        {
            CollectMinutes(start, end);
            return;
        }
        foreach ((long at, Bucket? bucket) in found)
        {
            if (bucket is { } hour)
            {
                into.Add(at, hour);
                continue;
            }
            IsWhole = false;
            CollectMinutes(at, at + Time.Hour);
        }
    }

    /// <summary>The hours by their beginning; without a bucket those that are damaged.</summary>
    private List<(long At, Bucket? Bucket)> ReadHours(long start, long end)
    {
        Statement hours = connection
            .Prepare("SELECT id, min, max, sum, count, seal FROM hours WHERE id BETWEEN $1 AND $2 ORDER BY id")
            .Bind(RollupKey.Of(series.Id, month, start))
            .Bind(RollupKey.Of(series.Id, month, end - 1));
        List<(long At, Bucket? Bucket)> found = [];
        while (hours.Step())
        {
            long at = RollupKey.TimeOf(hours.Int64(0), month);
            Bucket bucket = new()
            {
                Min = hours.Double(1),
                Max = hours.Double(2),
                Sum = PreciseSum.FromParts(hours.Double(3), 0),
                Count = hours.Int64(4),
            };
            bool isWhole = hours.NullableInt64(5) is not { } seal || seal == Seal.OfHour(bucket, series.Seed, at);
            found.Add((at, isWhole ? bucket : null));
        }
        return found;
    }

    private void CollectMinutes(long start, long end)
    {
        Statement hours = connection
            .Prepare("SELECT id, data, seal FROM minutes WHERE id BETWEEN $1 AND $2 ORDER BY id")
            .Bind(RollupKey.Of(series.Id, month, start))
            .Bind(RollupKey.Of(series.Id, month, end - 1));
        while (hours.Step())
        {
            long at = RollupKey.TimeOf(hours.Int64(0), month);
            if (MinuteRow.TryDecode(hours, 1, series.Seed, at, _minutes))
            {
                AddMinutes(at, start, end);
                continue;
            }
            IsWhole = false;
            CollectRaw(Math.Max(at, start), Math.Min(at + Time.Hour, end));
        }
    }

    private void AddMinutes(long at, long start, long end)
    {
        foreach (ref Bucket minute in _minutes.AsSpan())
        {
            if (at >= start && at < end)
                into.Add(at, minute);
            at += Time.Minute;
        }
    }
}
