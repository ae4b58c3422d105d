using OmniIoT.Devices.Metrics;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Querying;

/// <summary>What a month's file holds of a series: its number there, and the times of its first and last readings.</summary>
internal sealed record SeriesMonth(Month Month, string DeviceId, string Metric, long Series, long First, long Last)
{
    /// <summary>Looks the series up; null when the file has none of its readings.</summary>
    public static SeriesMonth? Find(DatabaseConnection connection, Month month, string deviceId, string metric)
    {
        if (ChunkReading.FindSeries(connection, deviceId, metric) is not { } series)
            return null;
        Statement first = connection.Prepare("SELECT first_at FROM chunks WHERE series = $1 ORDER BY first_at LIMIT 1").Bind(series);
        Statement last = connection.Prepare("SELECT last_at FROM chunks WHERE series = $1 ORDER BY first_at DESC LIMIT 1").Bind(series);
        SeriesMonth? found =
            first.Step() && last.Step() ? new SeriesMonth(month, deviceId, metric, series, first.Int64(0), last.Int64(0)) : null;
        first.Reset();
        last.Reset();
        return found;
    }

    /// <summary>Collects the readings of a range, both ends inclusive.</summary>
    public void Collect(DatabaseConnection connection, long from, long to, BucketList into)
    {
        foreach ((Source source, long start, long end) in Stretch.Of(from, to, First, Last, into.Width))
        {
            if (source is Source.Hours)
                CollectHours(connection, start, end, into);
            else if (source is Source.Minutes)
                CollectMinutes(connection, start, end, into);
            else
                CollectRaw(connection, start, end, into);
        }
    }

    private void CollectRaw(DatabaseConnection connection, long start, long end, BucketList into) =>
        ChunkReading.Read(
            connection,
            Series,
            start,
            end - 1,
            reading =>
            {
                Bucket bucket = default;
                bucket.Add(reading.Value);
                into.Add(reading.At.UnixMilliseconds, bucket);
                return true;
            }
        );

    private void CollectHours(DatabaseConnection connection, long start, long end, BucketList into)
    {
        Statement hours = connection
            .Prepare("SELECT id, min, max, sum, count FROM hours WHERE id BETWEEN $1 AND $2 ORDER BY id")
            .Bind(RollupKey.Of(Series, Month, start))
            .Bind(RollupKey.Of(Series, Month, end - 1));
        List<(long At, Bucket Bucket)> found = [];
        while (hours.Step())
        {
            found.Add(
                (
                    RollupKey.TimeOf(hours.Int64(0), Month),
                    new Bucket
                    {
                        Min = hours.Double(1),
                        Max = hours.Double(2),
                        Sum = PreciseSum.FromParts(hours.Double(3), 0),
                        Count = hours.Int64(4),
                    }
                )
            );
        }
        if (found.TrueForAll(hour => hour.Bucket.IsKnown))
            into.Add(found);
        else
            CollectMinutes(connection, start, end, into);
    }

    private void CollectMinutes(DatabaseConnection connection, long start, long end, BucketList into)
    {
        Bucket[] minutes = new Bucket[MinuteCodec.MinutesPerHour];
        Statement hours = connection
            .Prepare("SELECT id, data FROM minutes WHERE id BETWEEN $1 AND $2 ORDER BY id")
            .Bind(RollupKey.Of(Series, Month, start))
            .Bind(RollupKey.Of(Series, Month, end - 1));
        while (hours.Step())
        {
            long at = RollupKey.TimeOf(hours.Int64(0), Month);
            MinuteCodec.Decode(hours.Bytes(1), minutes);
            foreach (ref Bucket minute in minutes.AsSpan())
            {
                if (at >= start && at < end)
                    into.Add(at, minute);
                at += Time.Minute;
            }
        }
    }
}
