using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Sqlite.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Querying;

/// <summary>What a month's file holds of a series: its number there, and the times of its first and last readings.</summary>
internal sealed record SeriesMonth(Month Month, string DeviceId, string Metric, long Series, long First, long Last)
{
    private enum Source { Raw, Minutes, Hours }

    /// <summary>Looks the series up; null when the file has none of its readings.</summary>
    public static SeriesMonth? Find(Connection connection, Month month, string deviceId, string metric)
    {
        if (ChunkReading.FindSeries(connection, deviceId, metric) is not { } series) return null;
        Statement first = connection.Prepare("SELECT first_at FROM chunks WHERE series = $1 ORDER BY first_at LIMIT 1").Bind(series);
        Statement last = connection.Prepare("SELECT last_at FROM chunks WHERE series = $1 ORDER BY first_at DESC LIMIT 1").Bind(series);
        SeriesMonth? found = first.Step() && last.Step() ? new SeriesMonth(month, deviceId, metric, series, first.Int64(0), last.Int64(0)) : null;
        first.Reset();
        last.Reset();
        return found;
    }

    /// <summary>
    /// Collects the readings of a range, both ends inclusive: whole hours and minutes from the roll-ups where the buckets are
    /// wide enough, what the range cuts off at its ends from the raw readings.
    /// </summary>
    public void Collect(Connection connection, long from, long to, BucketList into)
    {
        Source source = into.Width >= Time.Hour ? Source.Hours : into.Width >= Time.Minute ? Source.Minutes : Source.Raw;
        // Where the range goes beyond the readings, whole hours hold nothing more than they do.
        long start = from <= First ? Time.Floor(First, Time.Hour) : from;
        long end = to >= Last ? Time.Ceiling(Last + 1, Time.Hour) : to + 1;
        if (start < end) Collect(connection, start, end, source, into);
    }

    private void Collect(Connection connection, long start, long end, Source source, BucketList into)
    {
        if (source is Source.Raw)
        {
            ChunkReading.Read(connection, Series, start, end - 1, reading =>
            {
                Bucket bucket = default;
                bucket.Add(reading.Value);
                into.Add(reading.At.UnixMilliseconds, bucket);
                return true;
            });
            return;
        }
        long unit = source is Source.Hours ? Time.Hour : Time.Minute;
        Source finer = source - 1;
        long wholeStart = Time.Ceiling(start, unit), wholeEnd = Time.Floor(end, unit);
        if (wholeStart >= wholeEnd)
        {
            Collect(connection, start, end, finer, into);
            return;
        }
        if (start < wholeStart) Collect(connection, start, wholeStart, finer, into);
        if (source is Source.Hours) CollectHours(connection, wholeStart, wholeEnd, into);
        else CollectMinutes(connection, wholeStart, wholeEnd, into);
        if (wholeEnd < end) Collect(connection, wholeEnd, end, finer, into);
    }

    private void CollectHours(Connection connection, long start, long end, BucketList into)
    {
        Statement hours = connection.Prepare("SELECT id, min, max, sum, count FROM hours WHERE id BETWEEN $1 AND $2 ORDER BY id")
            .Bind(RollupKey.Of(Series, Month, start)).Bind(RollupKey.Of(Series, Month, end - 1));
        while (hours.Step())
        {
            into.Add(RollupKey.TimeOf(hours.Int64(0), Month), new Bucket
            {
                Min = hours.Double(1),
                Max = hours.Double(2),
                Sum = hours.Double(3),
                Count = hours.Int64(4),
            });
        }
    }

    private void CollectMinutes(Connection connection, long start, long end, BucketList into)
    {
        Bucket[] minutes = new Bucket[MinuteCodec.MinutesPerHour];
        Statement hours = connection.Prepare("SELECT id, data FROM minutes WHERE id BETWEEN $1 AND $2 ORDER BY id")
            .Bind(RollupKey.Of(Series, Month, start)).Bind(RollupKey.Of(Series, Month, end - 1));
        while (hours.Step())
        {
            long at = RollupKey.TimeOf(hours.Int64(0), Month);
            MinuteCodec.Decode(hours.Bytes(1), minutes);
            foreach (ref Bucket minute in minutes.AsSpan())
            {
                if (at >= start && at < end) into.Add(at, minute);
                at += Time.Minute;
            }
        }
    }
}
