using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Packing;

/// <summary>Collects, in order of time, what falls into aligned buckets of one width.</summary>
internal sealed class BucketList(long width)
{
    private readonly List<(long At, Bucket Bucket)> _buckets = [];
    private readonly List<(long From, long To)> _holes = [];

    public long Width => width;

    public void Add(long at, in Bucket bucket)
    {
        if (bucket.Count == 0)
            return;
        long start = Time.Floor(at, width);
        if (_buckets.Count == 0 || _buckets[^1].At != start)
            _buckets.Add((start, default));
        Bucket last = _buckets[^1].Bucket;
        last.Add(bucket);
        _buckets[^1] = (start, last);
    }

    public void Add(IEnumerable<(long At, Bucket Bucket)> buckets)
    {
        foreach ((long at, Bucket bucket) in buckets)
            Add(at, bucket);
    }

    /// <summary>Readings between two times, both inclusive, are damaged: no bucket that has a part in it is whole.</summary>
    public void Miss(long from, long to) => _holes.Add((from, to));

    /// <summary>The buckets. Around 1970 no width is wide enough for one bucket; then the last ones are put together.</summary>
    public TelemetryBuckets ToList(int points)
    {
        _buckets.RemoveAll(bucket => _holes.Exists(hole => bucket.At <= hole.To && bucket.At + width > hole.From));
        while (_buckets.Count > points)
        {
            (long at, Bucket bucket) = _buckets[^2];
            bucket.Add(_buckets[^1].Bucket);
            _buckets[^2] = (at, bucket);
            _buckets.RemoveAt(_buckets.Count - 1);
        }
        return new TelemetryBuckets([
            .. _buckets.Select(entry => new TelemetryBucket(
                new Instant(entry.At),
                entry.Bucket.Min,
                entry.Bucket.Average,
                entry.Bucket.Max,
                entry.Bucket.Count
            )),
        ])
        {
            IsIncomplete = _holes.Count > 0,
        };
    }
}
