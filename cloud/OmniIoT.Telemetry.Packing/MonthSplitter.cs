using System.Runtime.InteropServices;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Packing;

/// <summary>Readings of one series, in the order they came.</summary>
internal sealed record SeriesBatch(string DeviceId, string Metric, List<Reading> Readings);

/// <summary>Sorts readings by the month and series they belong to, keeping their order.</summary>
internal static class MonthSplitter
{
    /// <summary>Oldest month first.</summary>
    public static IEnumerable<(Month Month, IEnumerable<SeriesBatch> Batches)> Split(IReadOnlyList<SeriesReadings> readings)
    {
        SortedDictionary<Month, Dictionary<(string, string), SeriesBatch>> months = [];
        foreach (SeriesReadings series in readings)
        {
            if (series.Readings.Count == 0)
                continue;
            Month first = Month.Of(series.Readings[0].At.UnixMilliseconds);
            if (IsWithin(first, series.Readings))
                Add(months, first, series, series.Readings as List<Reading> ?? [.. series.Readings]);
            else
                foreach (IGrouping<Month, Reading> part in series.Readings.GroupBy(reading => Month.Of(reading.At.UnixMilliseconds)))
                    Add(months, part.Key, series, [.. part]);
        }
        return months.Select(month => (month.Key, month.Value.Values.AsEnumerable()));
    }

    /// <summary>Nearly always: then nothing is copied.</summary>
    private static bool IsWithin(Month month, IReadOnlyList<Reading> readings)
    {
        (long start, long end) = (month.Start, month.End);
        for (int i = 0; i < readings.Count; i++)
        {
            long at = readings[i].At.UnixMilliseconds;
            if (at < start || at >= end)
                return false;
        }
        return true;
    }

    private static void Add(
        SortedDictionary<Month, Dictionary<(string, string), SeriesBatch>> months,
        Month month,
        SeriesReadings series,
        List<Reading> readings
    )
    {
        if (!months.TryGetValue(month, out Dictionary<(string, string), SeriesBatch>? batches))
            months[month] = batches = [];
        ref SeriesBatch? batch = ref CollectionsMarshal.GetValueRefOrAddDefault(batches, (series.DeviceId, series.Metric), out _);
        batch = batch is null
            ? new SeriesBatch(series.DeviceId, series.Metric, readings)
            : batch with
            {
                Readings = [.. batch.Readings, .. readings],
            };
    }
}
