namespace OmniIoT.Telemetry.Packing;

/// <summary>Packs the minutes of one hour that are not empty: minute, count, then the sum, and the bounds when there are several.</summary>
internal static class MinuteCodec
{
    public const int MinutesPerHour = 60;

    public static void Encode(PackWriter output, ReadOnlySpan<Bucket> minutes)
    {
        for (int i = 0; i < minutes.Length; i++)
        {
            Bucket bucket = minutes[i];
            if (bucket.Count == 0)
                continue;
            output.Byte((byte)i);
            output.Unsigned((ulong)bucket.Count);
            output.Double(bucket.Sum);
            if (bucket.Count == 1)
                continue;
            output.Double(bucket.Min);
            output.Double(bucket.Max);
        }
    }

    /// <summary>Fills the sixty minutes of an hour; those that are missing become empty.</summary>
    public static void Decode(ReadOnlySpan<byte> data, Span<Bucket> minutes)
    {
        minutes.Clear();
        PackReader input = new(data);
        while (!input.IsAtEnd)
        {
            int minute = input.Byte();
            Bucket bucket = new() { Count = (long)input.Unsigned(), Sum = input.Double() };
            (bucket.Min, bucket.Max) =
                bucket.Count == 1 ? (bucket.Sum, bucket.Sum) : (input.Double(), input.Double());
            minutes[minute] = bucket;
        }
    }
}
