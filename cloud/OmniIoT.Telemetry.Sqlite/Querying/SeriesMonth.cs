using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Querying;

/// <summary>What a month's file holds of a series: where it lies there, and the times of its first and last readings.</summary>
internal sealed record SeriesMonth(Month Month, string DeviceId, string Metric, StoredSeries Series, long First, long Last)
{
    /// <summary>Looks the series up; null when the file has none of its readings.</summary>
    public static SeriesMonth? Find(DatabaseConnection connection, Month month, string deviceId, string metric)
    {
        if (StoredSeries.Find(connection, deviceId, metric) is not { } series)
            return null;
        Statement first = connection.Prepare("SELECT first_at FROM chunks WHERE series = $1 ORDER BY first_at LIMIT 1").Bind(series.Id);
        Statement last = connection
            .Prepare($"SELECT {ChunkRow.Columns} FROM chunks WHERE series = $1 ORDER BY first_at DESC LIMIT 1")
            .Bind(series.Id);
        SeriesMonth? found =
            first.Step() && last.Step()
                ? new SeriesMonth(month, deviceId, metric, series, first.Int64(0), LastOf(last, series, month))
                : null;
        first.Reset();
        last.Reset();
        return found;
    }

    /// <summary>Collects the readings of a range, both ends inclusive.</summary>
    /// <returns>Whether nothing was damaged, not even what others could stand in for.</returns>
    public bool Collect(DatabaseConnection connection, long from, long to, BucketList into)
    {
        RollupReader rollups = new(connection, Month, Series, into);
        foreach (Stretch stretch in Stretch.Of(from, to, First, Last, into.Width))
            rollups.Collect(stretch);
        return rollups.IsWhole;
    }

    /// <summary>Where the last chunk is damaged, readings may reach to the end of the month.</summary>
    private static long LastOf(Statement chunk, StoredSeries series, Month month)
    {
        List<Reading> readings = [];
        return ChunkRow.TryDecode(chunk, series.Seed, readings) ? readings[^1].At.UnixMilliseconds : month.End - 1;
    }
}
