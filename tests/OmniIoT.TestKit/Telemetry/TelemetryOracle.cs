using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>Readings of one series as simply as can be: what a telemetry store is compared with.</summary>
public sealed class TelemetryOracle
{
    private readonly SortedDictionary<(long At, long? Seq), MetricValue> _readings = new(new ByTimeThenSeq());

    public int Count => _readings.Count;

    public void Write(IEnumerable<Reading> readings)
    {
        foreach (Reading reading in readings)
            _readings[(reading.At.UnixMilliseconds, reading.Seq)] = reading.Value;
    }

    public List<Reading> Raw(Instant? from = null, Instant? to = null) =>
        [
            .. _readings
                .Where(reading =>
                    (from is null || reading.Key.At >= from.Value.UnixMilliseconds)
                    && (to is null || reading.Key.At <= to.Value.UnixMilliseconds)
                )
                .Select(reading => new Reading(new Instant(reading.Key.At), reading.Key.Seq, reading.Value)),
        ];

    /// <summary>Numbers of a range in aligned buckets of a width.</summary>
    public List<TelemetryBucket> Buckets(Instant? from, Instant? to, long widthMilliseconds) =>
        [
            .. Raw(from, to)
                .Where(reading => double.IsFinite(reading.Value.Number))
                .GroupBy(reading => (long)Math.Floor((double)reading.At.UnixMilliseconds / widthMilliseconds) * widthMilliseconds)
                .OrderBy(group => group.Key)
                .Select(group => new TelemetryBucket(
                    new Instant(group.Key),
                    group.Min(reading => reading.Value.Number),
                    group.Average(reading => reading.Value.Number),
                    group.Max(reading => reading.Value.Number),
                    group.Count()
                )),
        ];

    private sealed class ByTimeThenSeq : IComparer<(long At, long? Seq)>
    {
        public int Compare((long At, long? Seq) x, (long At, long? Seq) y)
        {
            int byTime = x.At.CompareTo(y.At);
            return byTime != 0 ? byTime : Nullable.Compare(x.Seq, y.Seq);
        }
    }
}
