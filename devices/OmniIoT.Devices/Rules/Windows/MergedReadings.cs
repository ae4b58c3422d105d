using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Windows;

/// <summary>
/// A reading, or several that were merged, as snapshots of versions up to 2 hold them, which kept all of them for every function.
/// </summary>
internal struct MergedReadings
{
    public long FirstAt;
    public long LastAt;

    /// <summary>Readings of any kind.</summary>
    public long Count;

    /// <summary>Those among them that are numbers; all that follows is about these.</summary>
    public long Numbers;
    public PreciseSum Total;
    public double Deviation;
    public double Least;
    public double Most;
    public double First;
    public double Last;
    public double Lost;
    public long FirstNumberAt;
    public long LastNumberAt;

    public static MergedReadings[] ReadAll(ref SnapshotReader reader)
    {
        MergedReadings[] all = new MergedReadings[reader.Int32()];
        for (int i = 0; i < all.Length; i++)
            all[i] = ReadOne(ref reader);
        return all;
    }

    /// <summary>Reads what stands behind all windows of those that are several: what a counter lost, and all digits.</summary>
    public static void ReadDigits(ref SnapshotReader reader, int count, Span<MergedReadings> all)
    {
        int index = 0;
        for (int remaining = count; remaining > 0; remaining--)
        {
            while (index < all.Length && all[index].Count == 1)
                index++;
            (double lost, double deviation) = (reader.Double(), reader.Double());
            PreciseSum total = PreciseSum.FromParts(reader.Double(), reader.Double());
            if (index == all.Length)
                continue;
            ref MergedReadings merged = ref all[index++];
            (merged.Lost, merged.Deviation, merged.Total) = (lost, deviation, total);
        }
    }

    private static MergedReadings ReadOne(ref SnapshotReader reader)
    {
        long firstAt = reader.Int64();
        long count = reader.Int64();
        if (count == 1)
        {
            double value = reader.Double();
            return new MergedReadings
            {
                FirstAt = firstAt,
                LastAt = firstAt,
                Count = 1,
                Numbers = double.IsNaN(value) ? 0 : 1,
                First = value,
            };
        }
        (long lastAt, long numbers) = (reader.Int64(), reader.Int64());
        return new MergedReadings
        {
            FirstAt = firstAt,
            Count = count,
            LastAt = lastAt,
            Numbers = numbers,
            Total = PreciseSum.FromParts(reader.Double(), 0),
            Deviation = reader.Double() is var squares && numbers > 0 ? Math.Sqrt(squares / numbers) : 0,
            Least = reader.Double(),
            Most = reader.Double(),
            First = reader.Double(),
            Last = reader.Double(),
            FirstNumberAt = reader.Int64(),
            LastNumberAt = reader.Int64(),
        };
    }
}
