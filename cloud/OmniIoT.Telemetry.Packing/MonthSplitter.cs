using System.Runtime.InteropServices;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Packing;

/// <summary>Readings of one series, in the order they came.</summary>
internal sealed record SeriesBatch(string DeviceId, string Metric, List<Reading> Readings);

/// <summary>Sorts readings by the month and series they belong to, keeping their order.</summary>
internal static class MonthSplitter
{
    /// <summary>Oldest month first.</summary>
    public static IEnumerable<(Month Month, IEnumerable<SeriesBatch> Batches)> Split(
        IReadOnlyList<SeriesReadings> readings
    )
    {
        SortedDictionary<Month, Dictionary<(string, string), SeriesBatch>> months = [];
        foreach (SeriesReadings series in readings)
        {
            long start = 0,
                end = 0;
            List<Reading>? batch = null;
            foreach (Reading reading in series.Readings)
            {
                long at = reading.At.UnixMilliseconds;
                if (batch is null || at < start || at >= end)
                {
                    Month month = Month.Of(at);
                    (start, end) = (month.Start, month.End);
                    batch = BatchOf(months, month, series);
                }
                batch.Add(reading);
            }
        }
        return months.Select(month => (month.Key, month.Value.Values.AsEnumerable()));
    }

    private static List<Reading> BatchOf(
        SortedDictionary<Month, Dictionary<(string, string), SeriesBatch>> months,
        Month month,
        SeriesReadings series
    )
    {
        if (!months.TryGetValue(month, out Dictionary<(string, string), SeriesBatch>? batches))
            months[month] = batches = [];
        ref SeriesBatch? batch = ref CollectionsMarshal.GetValueRefOrAddDefault(
            batches,
            (series.DeviceId, series.Metric),
            out _
        );
        batch ??= new SeriesBatch(
            series.DeviceId,
            series.Metric,
            new List<Reading>(series.Readings.Count)
        );
        return batch.Readings;
    }
}
