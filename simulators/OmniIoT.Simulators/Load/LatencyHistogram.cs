using System.Numerics;

namespace OmniIoT.Simulators.Load;

/// <summary>
/// Counts of durations in microseconds, in buckets of at most 1/32 of their value, so that a percentile is exact to
/// about 3 %. Adding allocates nothing. Not safe for concurrent use: one per connection, merged at the end.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubBuckets];

    public long Count { get; private set; }

    public long MaxMicroseconds { get; private set; }

    public void Add(long microseconds)
    {
        microseconds = Math.Max(0, microseconds);
        _counts[Bucket(microseconds)]++;
        Count++;
        if (microseconds > MaxMicroseconds)
            MaxMicroseconds = microseconds;
    }

    public void Merge(LatencyHistogram other)
    {
        for (int bucket = 0; bucket < _counts.Length; bucket++)
            _counts[bucket] += other._counts[bucket];
        Count += other.Count;
        MaxMicroseconds = Math.Max(MaxMicroseconds, other.MaxMicroseconds);
    }

    /// <param name="share">0 to 1, as 0.99.</param>
    /// <returns>Microseconds, the upper end of the bucket; 0 when nothing was added.</returns>
    public long Percentile(double share)
    {
        long rank = (long)Math.Ceiling(Count * share);
        long seen = 0L;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank && seen > 0)
                return Math.Min(UpperEnd(bucket), MaxMicroseconds);
        }
        return 0;
    }

    private static int Bucket(long value)
    {
        if (value < SubBuckets)
            return (int)value;
        int shift = BitOperations.Log2((ulong)value) - SubBits;
        return ((shift + 1) << SubBits) + (int)((value >> shift) - SubBuckets);
    }

    private static long UpperEnd(int bucket)
    {
        if (bucket < SubBuckets)
            return bucket;
        int shift = (bucket >> SubBits) - 1;
        return (((long)(bucket & (SubBuckets - 1)) + SubBuckets + 1) << shift) - 1;
    }
}
