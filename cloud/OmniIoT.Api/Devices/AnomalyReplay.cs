using OmniIoT.Devices.Anomalies;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Api.Devices;

/// <summary>
/// Scores a stored metric anew, by the detector that rules use, in the order of device time. What is usual is learnt from at most 100,000
/// readings before the first that is asked for, a tenth of a second of work; a device's own detector has heard all since its rule was made,
/// and none of those that came late.
/// </summary>
internal sealed class AnomalyReplay(ITelemetryStore store, string deviceId, string metric)
{
    private const int MostLearnt = 100_000;

    // From fewer, what is usual is not known well: what lies before them is looked at more finely.
    private const int Enough = 10_000;
    private const int MostSummarized = 200_000;
    private const int Portion = 10_000;
    private const int Buckets = 500;
    private const int Looks = 4;

    private readonly AnomalyDetector _detector = new();

    /// <summary>A page of readings, each with its score.</summary>
    public async Task<Page<AnomalyPoint>> ReadAsync(Instant? from, Instant? to, PageRequest page, CancellationToken cancellationToken)
    {
        Page<Reading> found = await store.RawAsync(deviceId, metric, from, to, page.Cursor, page.Limit, cancellationToken);
        if (found.Items.Count == 0)
            return new([], found.Next) { Incomplete = found.Incomplete };
        bool isIncomplete = found.Incomplete | await LearnAsync(found.Items[0].At, cancellationToken);
        return new([.. found.Items.Where(IsNumber).Select(Score)], found.Next) { Incomplete = isIncomplete };
    }

    /// <summary>The most unusual reading of each of at most so many stretches with as many readings each; no pages.</summary>
    public async Task<Page<AnomalyPoint>> SummarizeAsync(Instant? from, Instant? to, int points, CancellationToken cancellationToken)
    {
        (Instant? start, long count) = await BeginningAsync(from, to, MostSummarized, cancellationToken);
        bool isIncomplete = start is { } first && await LearnAsync(first, cancellationToken);
        List<AnomalyPoint> summary = [];
        long stretch = Math.Max(1, (count + points - 1) / points);
        long scored = 0;
        isIncomplete |= await EachAsync(
            start,
            to,
            reading =>
            {
                AnomalyPoint point = Score(reading);
                if (scored++ % stretch == 0)
                    summary.Add(point);
                else if (point.Score > (summary[^1].Score ?? -1))
                    summary[^1] = point;
            },
            cancellationToken
        );
        return new(summary, null) { Incomplete = isIncomplete };
    }

    /// <summary>Lets the detector hear what came before that time; true when some of it is stored damaged.</summary>
    private async Task<bool> LearnAsync(Instant before, CancellationToken cancellationToken)
    {
        Instant last = new(before.UnixMilliseconds - 1);
        (Instant? start, _) = await BeginningAsync(null, last, MostLearnt, cancellationToken);
        return await EachAsync(start, last, reading => Score(reading), cancellationToken);
    }

    /// <summary>
    /// From when on the range has at most so many readings, and how many those are. Counted by buckets, so that it costs the same however
    /// many there are.
    /// </summary>
    private async Task<(Instant? Start, long Count)> BeginningAsync(
        Instant? from,
        Instant? to,
        int most,
        CancellationToken cancellationToken
    )
    {
        (Instant? start, long count) = (from, 0);
        for (int look = 0; look < Looks; look++)
        {
            TelemetryBuckets buckets = await store.BucketsAsync(deviceId, metric, start, to, Buckets, cancellationToken);
            count = 0;
            int first = buckets.Count;
            while (first > 0 && count + buckets[first - 1].Count <= most)
                count += buckets[--first].Count;
            if (first == 0)
                return (start, count);
            bool isEnough = count >= Enough || look == Looks - 1;
            TelemetryBucket bucket = isEnough && first < buckets.Count ? buckets[first] : buckets[first - 1];
            // The first one may begin before the range.
            start = start is { } earliest ? Instant.Max(earliest, bucket.At) : bucket.At;
            if (isEnough)
                return (start, first < buckets.Count ? count : bucket.Count);
        }
        return (start, count);
    }

    private async Task<bool> EachAsync(Instant? from, Instant? to, Action<Reading> use, CancellationToken cancellationToken)
    {
        bool isIncomplete = false;
        string? cursor = null;
        // The bound holds as well where one bucket has more readings than all that were to be looked at.
        for (int read = 0; read < MostSummarized; read += Portion)
        {
            Page<Reading> page = await store.RawAsync(deviceId, metric, from, to, cursor, Portion, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Reading reading in page.Items.Where(IsNumber))
                use(reading);
            isIncomplete |= page.Incomplete;
            if ((cursor = page.Next) is null)
                break;
        }
        return isIncomplete;
    }

    private AnomalyPoint Score(Reading reading)
    {
        _detector.Score(reading.Value.Number, reading.At);
        return AnomalyPoint.Of(reading.At, reading.Value.Number, _detector);
    }

    private static bool IsNumber(Reading reading) => reading.Value.Kind == MetricValueKind.Number;
}
