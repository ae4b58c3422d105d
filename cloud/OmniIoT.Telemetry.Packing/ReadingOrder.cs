using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Packing;

/// <summary>
/// Readings of a series go by time, then by sequence number, those without one first. Two that compare equal are the same reading.
/// </summary>
internal sealed class ReadingOrder : IComparer<Reading>
{
    public static ReadingOrder Instance { get; } = new();

    public int Compare(Reading x, Reading y)
    {
        int byTime = x.At.UnixMilliseconds.CompareTo(y.At.UnixMilliseconds);
        return byTime != 0 ? byTime : Nullable.Compare(x.Seq, y.Seq);
    }

    /// <summary>Brings readings into order; of those that are the same, the last one given stays.</summary>
    public static List<Reading> Normalize(List<Reading> readings)
    {
        if (IsStrictlyAscending(readings))
            return readings;
        List<Reading> ordered = new(readings.Count);
        foreach (Reading reading in readings.Order(Instance))
        {
            if (ordered.Count > 0 && Instance.Compare(ordered[^1], reading) == 0)
                ordered[^1] = reading;
            else
                ordered.Add(reading);
        }
        return ordered;
    }

    /// <summary>Two ordered lists as one; where both have a reading, the newer list's stays.</summary>
    public static List<Reading> Merge(List<Reading> older, ReadOnlySpan<Reading> newer)
    {
        List<Reading> merged = new(older.Count + newer.Length);
        int i = 0;
        foreach (ref readonly Reading reading in newer)
        {
            while (i < older.Count && Instance.Compare(older[i], reading) < 0)
                merged.Add(older[i++]);
            if (i < older.Count && Instance.Compare(older[i], reading) == 0)
                i++;
            merged.Add(reading);
        }
        while (i < older.Count)
            merged.Add(older[i++]);
        return merged;
    }

    private static bool IsStrictlyAscending(List<Reading> readings)
    {
        for (int i = 1; i < readings.Count; i++)
        {
            long before = readings[i - 1].At.UnixMilliseconds,
                at = readings[i].At.UnixMilliseconds;
            if (before > at || (before == at && Instance.Compare(readings[i - 1], readings[i]) >= 0))
                return false;
        }
        return true;
    }
}
